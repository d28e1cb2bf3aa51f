package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.json;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.Features;
import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.feature.call.Compilers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class written for LangChain4j, unchanged. */
class LangChain4jPluginTest {

  private static final String SOURCE =
      """
      package old;

      import dev.langchain4j.agent.tool.P;
      import dev.langchain4j.agent.tool.Tool;
      import dev.langchain4j.agent.tool.ToolMemoryId;
      import java.util.List;

      class Calculator {
        static class Point { int x; int y; }

        @Tool({"Adds", "two numbers"})
        double add(@P("first") double a, @P(value = "second", required = false) double b) {
          return a + b;
        }

        @Tool(name = "distance", value = "Manhattan distance")
        int manhattan(Point from, Point to) {
          return Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
        }

        @Tool
        void forget(@ToolMemoryId String memory) {
          if (!memory.equals("s-1")) throw new IllegalStateException(memory);
        }

        @Tool
        List<Point> corners() {
          Point p = new Point();
          p.x = 1;
          return List.of(p);
        }
      }
      """;

  @TempDir static Path plugins;

  private static Features features;

  @BeforeAll
  static void load() throws Exception {
    new PluginJar()
        .source("old.Calculator", SOURCE)
        .classPath(Path.of(P.class.getProtectionDomain().getCodeSource().getLocation().toURI()))
        .pack(plugins.resolve("calculator.jar"));
    features = new Features(plugins, false, new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    features.close();
  }

  @Test
  void nameDescriptionAndArgumentsAreThoseOfTheAnnotations() {
    assertThat(features.tools().stream().map(tool -> tool.descriptor().name()))
        .containsExactly("add", "corners", "distance", "forget");
    assertThat(features.tool("add").descriptor().description()).isEqualTo("Adds\ntwo numbers");
    assertThat(features.tool("add").descriptor().inputSchema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'a':{'type':'number','description':'first'},'b':{"
                    + "'type':'number','description':'second'}},'required':['a'],"
                    + "'additionalProperties':false}"));
  }

  @Test
  void plainClassesAreReadAndWritten() {
    assertThat(
            text(
                call(
                    features.tool("distance"),
                    "{'from': {'x': 1, 'y': 1}, 'to': {'x': 4, 'y': -3}}")))
        .isEqualTo("7");
    assertThat(text(call(features.tool("corners"), "{}"))).isEqualTo("[{\"x\":1,\"y\":0}]");
  }

  @Test
  void aPrimitiveThatMayBeLeftOutIsZero() {
    assertThat(text(call(features.tool("add"), "{'a': 2}"))).isEqualTo("2.0");
  }

  @Test
  void theMemoryIdIsTheSession() {
    assertThat(text(call(features.tool("forget"), "{}"))).isEqualTo("Success");
    assertThat(text(call(features.tool("forget"), "{}", FakeContext.handle())))
        .isEqualTo("default");
  }

  @Test
  void withoutTheLibraryThePluginIsNamed() {
    ClassLoader node =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.langchain4j.")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name);
          }
        };
    try (BlockingCalls blocking = new BlockingCalls(new SimpleMeterRegistry())) {
      PluginLoader loader = new PluginLoader(Compilers.on(blocking), node);
      assertThatThrownBy(() -> loader.load(plugins.resolve("calculator.jar"), () -> null))
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("old.Calculator: its annotations can't be read")
          .hasMessageContaining("dev.langchain4j.agent.tool.Tool in the jar");
    }
  }
}
