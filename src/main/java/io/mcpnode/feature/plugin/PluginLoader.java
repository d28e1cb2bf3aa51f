package io.mcpnode.feature.plugin;

import io.mcpnode.api.Registrations;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.dialect.Dialects;
import io.mcpnode.feature.schema.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a plugin: whole, or not at all and with every reason named. */
public final class PluginLoader {

  private static final Logger LOG = LoggerFactory.getLogger(PluginLoader.class);

  /** Class file versions are the Java version plus this. */
  private static final int MAJOR_OF_JAVA_0 = 44;

  /** What takes longer has to be done beside, or at the first call. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Compilers compilers;
  private final ClassLoader node;
  private final Duration limit;

  /**
   * @param node where plugins find what they don't bring
   */
  public PluginLoader(Compilers compilers, ClassLoader node) {
    this(compilers, node, LIMIT);
  }

  PluginLoader(Compilers compilers, ClassLoader node, Duration limit) {
    this.compilers = compilers;
    this.node = node;
    this.limit = limit;
  }

  /**
   * Finds the classes with annotated methods and makes their features. Blocks, for 20 seconds at
   * most.
   *
   * @param registrations for a class that wants to change them at run time
   * @throws PluginException if anything of it can't be used, or it isn't loaded in time
   */
  public Plugin load(Path jar, Supplier<Registrations> registrations) throws PluginException {
    String name = String.valueOf(jar.getFileName());
    try {
      return PluginThread.run(name, limit, () -> loadNow(jar, registrations), Plugin::close);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PluginException unusable) {
        throw unusable;
      }
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new PluginException(List.of("loading: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(List.of("loading was interrupted"));
    }
  }

  private Plugin loadNow(Path jar, Supplier<Registrations> registrations) throws PluginException {
    FeatureClasses classes = new FeatureClasses(compilers, registrations);
    List<String> names = scan(jar, classes);
    PluginClassLoader loader = new PluginClassLoader(url(jar), node);
    for (String name : names) {
      try {
        classes.add(Class.forName(name, true, loader));
      } catch (OutOfMemoryError ours) {
        throw ours;
      } catch (ClassNotFoundException | Error broken) { // its own errors come out as they are
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        classes.fault(name, Reasons.withType(cause));
      }
    }
    List<String> faults = classes.faults();
    Plugin plugin =
        new Plugin(
            String.valueOf(jar.getFileName()),
            classes.features(),
            classes.operations(),
            classes.instances(),
            loader);
    if (!faults.isEmpty()) {
      plugin.close();
      throw new PluginException(faults);
    }
    return plugin;
  }

  private static URL url(Path jar) throws PluginException {
    try {
      return jar.toUri().toURL();
    } catch (IOException impossible) {
      throw new PluginException(List.of(Reasons.withType(impossible)));
    }
  }

  private static List<String> scan(Path jar, FeatureClasses classes) throws PluginException {
    if (!Files.isRegularFile(jar)) { // opening a pipe would wait for its writer
      throw new PluginException(List.of("can't be read as a jar: not a file"));
    }
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : file.versionedStream().toList()) {
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          scan(file, entry, names, classes);
        }
      }
    } catch (IOException | SecurityException unreadable) {
      throw new PluginException(List.of("can't be read as a jar: " + Reasons.of(unreadable)));
    }
    names.sort(null);
    return names;
  }

  private static void scan(JarFile file, JarEntry entry, List<String> names, FeatureClasses classes)
      throws IOException {
    byte[] bytes;
    try (InputStream in = file.getInputStream(entry)) {
      bytes = in.readAllBytes();
    }
    try {
      ClassFile read = ClassFile.read(bytes);
      if (Dialects.ANNOTATIONS.stream().anyMatch(read.methodAnnotations()::contains)) {
        int newest = MAJOR_OF_JAVA_0 + Runtime.version().feature();
        if (read.major() > newest) {
          classes.fault(
              read.name(),
              "class file version: "
                  + read.major()
                  + " (expected: at most "
                  + newest
                  + ", since the node runs on Java "
                  + Runtime.version().feature()
                  + ")");
        } else {
          names.add(read.name());
        }
      }
    } catch (IOException | RuntimeException broken) {
      if (mentionsFeatures(bytes)) {
        classes.fault(entry.getName(), "broken class file: " + Reasons.withType(broken));
      } else {
        LOG.debug("{}: {} is not readable and offers nothing", file.getName(), entry.getName());
      }
    }
  }

  private static boolean mentionsFeatures(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Dialects.ANNOTATIONS.stream()
        .anyMatch(name -> text.contains("L" + name.replace('.', '/') + ";"));
  }
}
