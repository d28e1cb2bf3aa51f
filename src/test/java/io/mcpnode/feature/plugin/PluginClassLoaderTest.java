package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.feature.Features;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the node and of other plugins. */
class PluginClassLoaderTest {

  private static final String LIBRARY =
      "package lib; public class Version { public static String get() { return \"%s\"; } }";

  private static final String TOOL =
      "package %1$s; public class Tools { @io.mcpnode.api.Tool(name = \"%1$s\") public String v() {"
          + " return lib.Version.get(); } }";

  @TempDir Path plugins;

  @Test
  void twoPluginsBringTwoVersionsOfALibrary() throws Exception {
    for (String name : new String[] {"one", "two"}) {
      new PluginJar()
          .source("lib.Version", LIBRARY.formatted(name))
          .source(name + ".Tools", TOOL.formatted(name))
          .pack(plugins.resolve(name + ".jar"));
    }
    try (Features features = new Features(plugins, false, new SimpleMeterRegistry())) {
      assertThat(text(call(features.tool("one"), "{}"))).isEqualTo("one");
      assertThat(text(call(features.tool("two"), "{}"))).isEqualTo("two");
    }
  }

  @Test
  void theNodesOwnClassesAreHidden() throws Exception {
    new PluginJar()
        .source(
            "p.Tools",
            """
            package p;

            public class Tools {
              @io.mcpnode.api.Tool
              public String look(String name) {
                try {
                  return Class.forName(name).getName();
                } catch (ClassNotFoundException hidden) {
                  return "hidden";
                }
              }
            }
            """)
        .pack(plugins.resolve("p.jar"));
    try (Features features = new Features(plugins, false, new SimpleMeterRegistry())) {
      assertThat(text(call(features.tool("look"), "{'name': 'io.mcpnode.feature.Features'}")))
          .isEqualTo("hidden");
      assertThat(text(call(features.tool("look"), "{'name': 'io.mcpnode.api.State'}")))
          .isEqualTo("io.mcpnode.api.State");
      assertThat(text(call(features.tool("look"), "{'name': 'io.vertx.core.Future'}")))
          .isEqualTo("io.vertx.core.Future");
    }
  }

  @Test
  void anOldCopyOfTheApiInTheJarDoesNotMatter() throws Exception {
    Path copied = Files.createDirectories(plugins.resolve("copied"));
    Path api = Files.createDirectories(copied.resolve("io/mcpnode/api"));
    for (String name : new String[] {"Tool.class", "ToolContext.class"}) {
      Files.copy(Path.of("target/classes/io/mcpnode/api", name), api.resolve(name));
    }
    new PluginJar()
        .source(
            "p.Tools",
            "package p; public class Tools { @io.mcpnode.api.Tool public String node("
                + "io.mcpnode.api.ToolContext c) { return c.node(); } }")
        .bundle(copied)
        .pack(plugins.resolve("p.jar"));
    try (Features features = new Features(plugins, false, new SimpleMeterRegistry())) {
      assertThat(text(call(features.tool("node"), "{}"))).isEqualTo("n1");
    }
  }

  @Test
  void instancesThatCanBeClosedAreClosed() throws Exception {
    new PluginJar()
        .source(
            "p.Tools",
            "package p; public class Tools implements AutoCloseable { @io.mcpnode.api.Tool public"
                + " String a() { return \"a\"; } @Override public void close() {"
                + " System.setProperty(\"mcpnode.test.closed\", \"yes\"); } }")
        .pack(plugins.resolve("p.jar"));
    System.clearProperty("mcpnode.test.closed");
    new Features(plugins, false, new SimpleMeterRegistry()).close();
    assertThat(System.clearProperty("mcpnode.test.closed")).isEqualTo("yes");
  }
}
