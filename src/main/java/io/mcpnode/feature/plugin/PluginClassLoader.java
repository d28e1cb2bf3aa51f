package io.mcpnode.feature.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin: its own jar first, so that it can bring other versions of libraries
 * than the node's. From the node always come the JDK, {@code io.mcpnode.api} and SLF4J, so that
 * both sides mean the same; never the rest of {@code io.mcpnode}.
 */
final class PluginClassLoader extends URLClassLoader {

  private static final String OURS = "io.mcpnode.";
  private static final String API = "io.mcpnode.api.";

  static {
    registerAsParallelCapable();
  }

  private final ReentrantLock loading = new ReentrantLock();

  PluginClassLoader(URL jar, ClassLoader node) {
    super(new URL[] {jar}, node);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    loading.lock();
    try {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = find(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    } finally {
      loading.unlock();
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    if (name.startsWith("java.") || name.startsWith(API) || name.startsWith("org.slf4j.")) {
      return getParent().loadClass(name);
    }
    if (name.startsWith(OURS)) {
      return findClass(name);
    }
    // The entry is looked up first: a class of the jar that can't be linked must not come from
    // the node instead.
    if (findResource(name.replace('.', '/') + ".class") != null) {
      return findClass(name);
    }
    return getParent().loadClass(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }
}
