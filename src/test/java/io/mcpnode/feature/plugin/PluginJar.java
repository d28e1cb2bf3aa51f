package io.mcpnode.feature.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources against the public API alone and packs them, as an author would. */
public final class PluginJar {

  private final List<JavaFileObject> sources = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<Path> bundled = new ArrayList<>();
  private Predicate<String> kept = name -> true;
  private boolean parameterNames = true;

  /** A class in a package of its own. */
  public PluginJar source(String className, String text) {
    sources.add(
        new SimpleJavaFileObject(
            URI.create("string:///" + className.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        });
    return this;
  }

  /** All Java files under the directory. */
  public PluginJar sources(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        source(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    return this;
  }

  public PluginJar classPath(Path jar) {
    classPath.add(jar);
    return this;
  }

  /** Leaves class files out, by entry name. */
  public PluginJar without(String part) {
    kept = kept.and(name -> !name.contains(part));
    return this;
  }

  public PluginJar withoutParameterNames() {
    parameterNames = false;
    return this;
  }

  /** Adds the entries under a directory. */
  public PluginJar bundle(Path directory) {
    bundled.add(directory);
    return this;
  }

  public Path pack(Path jar) throws IOException {
    Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
    compile(work);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      add(work, out);
      for (Path directory : bundled) {
        add(directory, out);
      }
    }
    return jar;
  }

  private void compile(Path into) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(into));
      List<Path> path = new ArrayList<>(classPath);
      path.add(api(into.resolveSibling("api")));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
      List<String> options = new ArrayList<>(List.of("--release", "17", "-proc:none"));
      if (parameterNames) {
        options.add("-parameters");
      }
      if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
        throw new IllegalArgumentException(messages.toString());
      }
    }
  }

  /** Only what is in mcp-node-api.jar. */
  private static Path api(Path directory) throws IOException {
    Path from = Path.of("target/classes/io/mcpnode/api");
    Path to = Files.createDirectories(directory.resolve("io/mcpnode/api"));
    try (Stream<Path> classes = Files.list(from)) {
      for (Path file : classes.toList()) {
        Path copy = to.resolve(file.getFileName());
        if (Files.notExists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
    return directory;
  }

  private void add(Path directory, JarOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (kept.test(name)) {
                  write(out, name, file);
                }
              });
    }
  }

  private static void write(JarOutputStream out, String name, Path file) {
    try {
      out.putNextEntry(new JarEntry(name));
      Files.copy(file, out);
      out.closeEntry();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
