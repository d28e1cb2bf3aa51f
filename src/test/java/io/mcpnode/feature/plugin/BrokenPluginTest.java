package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.LogCapture;
import io.mcpnode.feature.Features;
import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.feature.call.Compilers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin with a fault is named with its reason, and the others are served. */
class BrokenPluginTest {

  private static final String HEAD =
      "package p; import io.mcpnode.api.*; import java.util.*; import java.util.concurrent.*; ";

  @TempDir Path plugins;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir static Path shared;

  @BeforeAll
  static void packAGoodPlugin() throws Exception {
    new PluginJar()
        .source(
            "good.Good",
            "package good; public class Good { @io.mcpnode.api.Tool public String good() {"
                + " return \"good\"; } }")
        .pack(shared.resolve("good.jar"));
  }

  @BeforeEach
  void aGoodPluginToo() throws Exception {
    Files.copy(shared.resolve("good.jar"), plugins.resolve("good.jar"));
  }

  /** Loads; the good tool must work, and these must be the errors. */
  private void expect(String... parts) {
    try (LogCapture log = new LogCapture(Features.class);
        Features features = new Features(plugins, false, meters)) {
      assertThat(features.tools()).hasSize(1);
      assertThat(text(call(features.tool("good"), "{}"))).isEqualTo("good");
      assertThat(log.errors()).isNotEmpty();
      assertThat(String.join("\n", log.errors())).contains(parts);
      assertThat(meters.counter("mcp.plugins.faults").count()).isGreaterThan(0);
    }
  }

  private PluginJar bad(String members) {
    return new PluginJar().source("p.Bad", HEAD + "public class Bad { " + members + " }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@Tool public String a(java.net.Socket s) { return null; } | type: java.net.Socket",
        "@Tool public String a(List<Thread> s) { return null; } | type: java.lang.Thread",
        "@Tool public String a(Map<Integer, String> s) { return null; } | string keys",
        "@Tool(name = \"a b\") public String a() { return null; } | name: \"a b\"",
        "@Tool(name = \"\") public String a() { return null; } | name: \"\"",
        "@Tool public String a(@ToolArg(defaultValue = \"x\") int n) { return null; } | defaultValue",
        "@Tool public String a(@ToolArg(defaultValue = \"1.5\") int n) { return null; } | 1.5",
        "@Tool public String a(@ToolArg(name = \"n\") int n, @ToolArg(name = \"n\") int m) { return"
            + " null; } | \"n\" is there twice",
        "@Tool public String a(int n) { return null; } @Tool public String a(String n) { return"
            + " null; } | a second tool named \"a\"",
        "@Tool(inputSchema = \"{\") public String a() { return null; } | inputSchema",
        "@Tool(inputSchema = \"[]\") public String a() { return null; } | expected: a JSON object",
        "@Tool(inputSchema = \"{\\\"type\\\": \\\"string\\\"}\") public String a() { return null; } |"
            + " \"string\"",
        "@Tool(inputSchema = \"{\\\"type\\\":\\\"object\\\",\\\"$ref\\\":\\\"#/$defs/no\\\"}\") public"
            + " String a() { return null; } | inputSchema",
        "@Tool(inputSchema ="
            + " \"{\\\"type\\\":\\\"object\\\",\\\"$ref\\\":\\\"http://127.0.0.1:1/x\\\"}\") public"
            + " String a() { return null; } | inputSchema",
        "@Tool public String a(@ToolArg(header = \"a b\") String n) { return null; } | HTTP token",
        "@Tool public String a(@ToolArg(header = \"X\") double n) { return null; } | type \"number\"",
        "@Tool public String a(@ToolArg(header = \"X\") int n, @ToolArg(header = \"x\") int m) {"
            + " return null; } | \"x\" is there twice",
        "@Tool public String a(@Handle int n) { return null; } | @Handle",
        "@Tool public FutureTask<String> a() { return null; } | return type",
        "public Bad() { throw new IllegalStateException(\"no licence\"); } @Tool public String a() {"
            + " return null; } | IllegalStateException: no licence",
        "static { if (true) throw new IllegalStateException(\"static\"); } @Tool public String a() {"
            + " return null; } | IllegalStateException: static",
        "static { if (true) throw new AssertionError(\"static\"); } @Tool public String a() {"
            + " return null; } | AssertionError: static",
        "static int deep(int n) { return 1 + deep(n + 1); } static final int N = deep(0);"
            + " @Tool public String a() { return null; } | StackOverflowError",
        "public Bad(int n) { } @Tool public String a() { return null; } | no public constructor",
        "record R(Deep<Deep<String>> d) { } record Deep<T>(Deep<List<T>> d) { } @Tool public String"
            + " a(R r) { return null; } | nested deeper",
      })
  void aFaultInTheClassIsNamed(String members, String reason) throws Exception {
    bad(members).pack(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: p.Bad", reason);
  }

  @Test
  void anAbstractClassIsNamed() throws Exception {
    new PluginJar()
        .source(
            "p.Bad", HEAD + "public interface Bad { @Tool default String a() { return null; } }")
        .pack(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: p.Bad: abstract");
  }

  @Test
  void everyFaultOfAPluginIsNamed() throws Exception {
    bad("@Tool public String a(Thread t) { return null; } @Tool(name = \"?\") public String b() {"
            + " return null; }")
        .pack(plugins.resolve("bad.jar"));
    expect("p.Bad.a: type: java.lang.Thread", "p.Bad.b: name: \"?\"");
  }

  @Test
  void aMissingClassIsNamed() throws Exception {
    bad("@Tool public String a(Gone gone) { return null; } public static class Gone { }")
        .without("Bad$Gone")
        .pack(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: p.Bad", "p/Bad$Gone");
  }

  @Test
  void aMissingSuperclassIsNamed() throws Exception {
    new PluginJar()
        .source("p.Base", "package p; public class Base { }")
        .source(
            "p.Worse",
            HEAD + "public class Worse extends Base { @Tool public String b() { return null; } }")
        .without("p/Base")
        .pack(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: p.Worse", "p.Base");
  }

  @Test
  void aLibraryThatIsMissingOnlyAtTheCallIsTheErrorOfTheCall() throws Exception {
    bad("@Tool public String a() { return new Gone().toString(); } static class Gone { }")
        .without("Bad$Gone")
        .pack(plugins.resolve("late.jar"));
    try (Features features = new Features(plugins, false, meters)) {
      var outcome = call(features.tool("a"), "{}");
      assertThat(outcome.error()).isTrue();
      assertThat(text(outcome)).contains("NoClassDefFoundError", "p/Bad$Gone");
    }
  }

  @Test
  void namelessParametersAreNamed() throws Exception {
    bad("@Tool public String a(String n) { return null; }")
        .withoutParameterNames()
        .pack(plugins.resolve("bad.jar"));
    expect("p.Bad.a: parameter 1 has no name");
  }

  @Test
  void whatIsNoJarIsNamed() throws Exception {
    Files.writeString(plugins.resolve("bad.jar"), "this is no jar");
    expect("plugin bad.jar is left out: can't be read as a jar");
  }

  @Test
  void anEmptyFileIsNamed() throws Exception {
    Files.createFile(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: can't be read as a jar");
  }

  @Test
  void aDirectoryNamedLikeAJarIsNamed() throws Exception {
    Files.createDirectory(plugins.resolve("bad.jar"));
    expect("plugin bad.jar is left out: can't be read as a jar");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeNamedLikeAJarIsNamed() throws Exception {
    Process made = new ProcessBuilder("mkfifo", plugins.resolve("bad.jar").toString()).start();
    assertThat(made.waitFor()).isZero();
    expect("plugin bad.jar is left out: can't be read as a jar: not a file");
  }

  @Test
  void oneThatNeverGetsReadyIsNamedWithThePlaceWhereItIs() throws Exception {
    Path jar =
        bad("static { new Semaphore(0).acquireUninterruptibly(); } @Tool public String a() { return null; }")
            .pack(plugins.resolve("bad.jar"));
    try (BlockingCalls blocking = new BlockingCalls(meters)) {
      PluginLoader loader =
          new PluginLoader(
              Compilers.on(blocking), getClass().getClassLoader(), Duration.ofSeconds(1));
      assertThatThrownBy(() -> loader.load(jar, () -> null))
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("loading: not done within 1000 ms, at p.Bad.<clinit>(Bad.java:1)");
    }
  }

  @Test
  void oneThatNeverClosesKeepsNobody() throws Exception {
    new PluginJar()
        .source(
            "p.Bad",
            HEAD
                + "public class Bad implements AutoCloseable { public void close() {"
                + " new Semaphore(0).acquireUninterruptibly(); }"
                + " @Tool public String a() { return null; } }")
        .pack(plugins.resolve("bad.jar"));
    try (LogCapture log = new LogCapture(Plugin.class)) {
      new Features(plugins, false, meters).close();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("bad.jar did not close: not done within 5000 ms, at p.Bad.close(Bad.java:1)");
    }
  }

  @Test
  void aClassFileThatIsTooNewIsNamed() throws Exception {
    Path jar = bad("@Tool public String a() { return null; }").pack(plugins.resolve("raw.zip"));
    rewrite(jar, plugins.resolve("bad.jar"), bytes -> bytes[7] = (byte) 200);
    Files.delete(jar);
    expect("plugin bad.jar is left out: p.Bad: class file version: 200 (expected: at most ");
  }

  @Test
  void aTruncatedClassFileIsNamed() throws Exception {
    Path jar = bad("@Tool public String a() { return null; }").pack(plugins.resolve("raw.zip"));
    // A constant of a kind that does not exist.
    rewrite(jar, plugins.resolve("bad.jar"), bytes -> bytes[10] = (byte) 99);
    Files.delete(jar);
    expect("plugin bad.jar is left out: p/Bad.class: broken class file");
  }

  @Test
  void theFirstOfTwoPluginsKeepsTheName() throws Exception {
    new PluginJar()
        .source(
            "z.Late",
            "package z; public class Late { @io.mcpnode.api.Tool public String good() { return"
                + " \"late\"; } }")
        .pack(plugins.resolve("zz.jar"));
    expect("plugin zz.jar: tool good is left out: there is one already");
  }

  @Test
  void theBuiltInToolKeepsItsName() throws Exception {
    bad("@Tool public String echo(String message) { return \"mine\"; }")
        .pack(plugins.resolve("a.jar"));
    try (Features features = new Features(plugins, true, meters)) {
      assertThat(text(call(features.tool("echo"), "{'message': 'x'}"))).isEqualTo("x");
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsNamed() throws Exception {
    Path file = Files.createFile(plugins.resolve("file"));
    try (LogCapture log = new LogCapture(Features.class);
        Features features = new Features(file, false, meters)) {
      assertThat(features.tools()).isEmpty();
      assertThat(log.errors()).hasSize(1);
    }
  }

  private static void rewrite(Path from, Path to, java.util.function.Consumer<byte[]> change)
      throws Exception {
    try (var in = new java.util.jar.JarFile(from.toFile());
        var out = new java.util.jar.JarOutputStream(Files.newOutputStream(to))) {
      for (var entry : List.copyOf(in.stream().toList())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        change.accept(bytes);
        out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
  }
}
