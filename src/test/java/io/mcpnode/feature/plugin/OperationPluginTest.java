package io.mcpnode.feature.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpnode.api.OperationContext;
import io.mcpnode.feature.Features;
import io.mcpnode.feature.Operation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that a plugin offers, compiled and packed as an author would. */
class OperationPluginTest {

  private static final String CACHE =
      """
      package example;

      import io.mcpnode.api.ClusterOperation;
      import io.mcpnode.api.OperationContext;
      import io.mcpnode.api.Tool;
      import io.mcpnode.api.ToolArg;
      import java.util.List;
      import java.util.Map;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.CountDownLatch;

      public class Cache {
        public record Size(int entries, String unit) {}

        @ClusterOperation(service = "cache")
        public int add(int a, @ToolArg(defaultValue = "5") int b) {
          return a + b;
        }

        @ClusterOperation(service = "cache", name = "size-of")
        public Size size(String unit, List<Integer> parts, Map<String, Boolean> more) {
          return new Size(parts.stream().mapToInt(i -> i).sum() + more.size(), unit);
        }

        @ClusterOperation(service = "cache")
        public CompletableFuture<String> later(OperationContext call) {
          return CompletableFuture.supplyAsync(() -> "for " + call.caller());
        }

        @ClusterOperation(service = "cache")
        public void clear() {}

        @ClusterOperation(service = "cache")
        public void fail() {
          throw new IllegalStateException("no cache");
        }

        @ClusterOperation(service = "cache")
        public CompletableFuture<String> failLater() {
          return CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("no cache, later");
          });
        }

        @ClusterOperation(service = "cache")
        public String hang() throws InterruptedException {
          new CountDownLatch(1).await();
          return "never";
        }

        @Tool(description = "Both in one class")
        public String hello() {
          return "hello";
        }
      }
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final class Context implements OperationContext {
    final List<Runnable> onCancel = new ArrayList<>();

    @Override
    public String caller() {
      return "n7";
    }

    @Override
    public Duration remaining() {
      return Duration.ofSeconds(1);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onCancel(Runnable action) {
      onCancel.add(action);
    }
  }

  private static Features features(Path directory, String source) throws Exception {
    new PluginJar().source("example.Cache", source).pack(directory.resolve("cache.jar"));
    return new Features(directory, false, new SimpleMeterRegistry());
  }

  private static Operation operation(Features features, String name) {
    return features.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Future<JsonNode> call(Features features, String name, String args)
      throws Exception {
    return operation(features, name)
        .call((ArrayNode) JSON.readTree(args.replace('\'', '"')), new Context());
  }

  @Test
  void operationsAreFoundBesideTools(@TempDir Path directory) throws Exception {
    try (Features features = features(directory, CACHE)) {
      assertThat(features.operations())
          .extracting(operation -> operation.service() + "/" + operation.name())
          .containsExactlyInAnyOrder(
              "cache/add",
              "cache/size-of",
              "cache/later",
              "cache/clear",
              "cache/fail",
              "cache/failLater",
              "cache/hang");
      assertThat(features.tools()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add     | [2,3]                      | 5",
        "add     | [2]                        | 7",
        "size-of | ['MB',[1,2],{'x':true}]    | {'entries':4,'unit':'MB'}",
        "later   | []                         | \"for n7\"",
        "clear   | []                         | null"
      })
  void argumentsArePassedInOrder(String name, String args, String value, @TempDir Path directory)
      throws Exception {
    try (Features features = features(directory, CACHE)) {
      assertThat(call(features, name, args).await()).hasToString(value.replace('\'', '"'));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add     | []            | args.a: missing (expected: integer)",
        "add     | ['two']       | args.a: \"two\" (expected: integer)",
        "add     | [1,2,3]       | args: 3 (expected: at most 2)",
        "clear   | [1]           | args: 1 (expected: at most 0)"
      })
  void wrongArgumentsAreRefusedBeforeAnythingRuns(
      String name, String args, String message, @TempDir Path directory) throws Exception {
    try (Features features = features(directory, CACHE)) {
      assertThatThrownBy(() -> call(features, name, args).await())
          .isInstanceOf(Operation.Refusal.class)
          .hasMessage(message);
    }
  }

  @Test
  void whatItThrowsIsTheFailure(@TempDir Path directory) throws Exception {
    try (Features features = features(directory, CACHE)) {
      assertThatThrownBy(() -> call(features, "fail", "[]").await())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no cache");
      assertThatThrownBy(() -> call(features, "failLater", "[]").await())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no cache, later");
    }
  }

  @Test
  void aBlockingOperationIsInterruptedWhenTheCallIsCancelled(@TempDir Path directory)
      throws Exception {
    try (Features features = features(directory, CACHE)) {
      Context context = new Context();
      Future<JsonNode> call = operation(features, "hang").call(JSON.createArrayNode(), context);
      Awaitility.await().until(() -> !context.onCancel.isEmpty());
      context.onCancel.forEach(Runnable::run);
      assertThatThrownBy(call::await).isInstanceOf(InterruptedException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service = \"cache\"        | service = \"my cache\"",
        "public int add(int a       | public int add(Thread a",
        "name = \"size-of\"         | name = \"add\""
      })
  void aBrokenOperationLeavesThePluginOut(String from, String to, @TempDir Path directory)
      throws Exception {
    String broken = CACHE.replace("return a + b", "return b").replace(from, to);
    assertThat(broken).contains(to);
    try (Features features = features(directory, broken)) {
      assertThat(features.operations()).isEmpty();
      assertThat(features.tools()).isEmpty();
    }
  }
}
