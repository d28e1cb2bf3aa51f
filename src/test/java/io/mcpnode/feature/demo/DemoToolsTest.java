package io.mcpnode.feature.demo;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.json;
import static io.mcpnode.feature.Calls.structured;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.feature.Calls;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.Features;
import io.mcpnode.feature.Tool;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoToolsTest {

  private static Features features;

  @BeforeAll
  static void load() {
    features = new Features(Path.of("does-not-exist"), true, new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    features.close();
  }

  private static Tool tool(String name) {
    return Objects.requireNonNull(features.tool(name));
  }

  @Test
  void theFiveToolsAreListedByName() {
    assertThat(features.tools().stream().map(tool -> tool.descriptor().name()))
        .containsExactly("add", "counter", "echo", "sleep", "whoami");
  }

  @Test
  void withoutTheDemonstrationThereAreNone() {
    try (Features none = new Features(Path.of("nowhere"), false, new SimpleMeterRegistry())) {
      assertThat(none.tools()).isEmpty();
      assertThat(none.tool("echo")).isNull();
    }
  }

  @Test
  void echoAnswersWithTheMessage() {
    ToolOutcome outcome = call(tool("echo"), "{'message': 'grüß Gott'}");
    assertThat(outcome).isEqualTo(ToolOutcome.text("grüß Gott"));
    assertThat(tool("echo").descriptor().inputSchema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'message':{'type':'string','description':'What to"
                    + " say back'}},'required':['message'],'additionalProperties':false}"));
    assertThat(tool("echo").descriptor().hints().repeatable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 3 | 5",
        "2.5 | 3 | 5.5",
        "-1 | 1 | 0",
        "0.5 | 0.5 | 1.0",
        "9223372036854775807 | 1 | 9223372036854775808",
        "1e3 | 1 | 1001.0",
        "9007199254740993.5 | 1 | 9007199254740994.5",
        "0.1 | 9007199254740993.5 | 9007199254740993.6",
      })
  void addKeepsIntegersIntegers(String a, String b, String sum) {
    ToolOutcome outcome = call(tool("add"), "{'a': " + a + ", 'b': " + b + "}");
    assertThat(String.valueOf(outcome.structured())).isEqualTo("{\"sum\":" + sum + "}");
    assertThat(text(outcome)).isEqualTo("{\"sum\":" + sum + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1} | arguments.b: missing (expected: number)",
        "{'a': '1', 'b': 2} | arguments.a: \"1\" (expected: number)",
        "{'a': 1e308, 'b': 1e308} | sum: Infinity (expected: a finite number)",
        "{'a': 1, 'b': 1e9999} | arguments.b: 1e9999 (expected: number with an exponent up to 1000)",
      })
  void addRefusesWhatIsNoNumber(String arguments, String message) {
    ToolOutcome outcome = call(tool("add"), arguments.replace("'1'", "\"1\""));
    assertThat(outcome.error()).isTrue();
    assertThat(text(outcome)).isEqualTo(message);
  }

  @Test
  void theCounterCountsInTheSession() {
    FakeContext context = FakeContext.session();
    assertThat(structured(call(tool("counter"), "{}", context))).isEqualTo(json("{'value': 1}"));
    ToolOutcome second = call(tool("counter"), "{'by': 41}", context);
    assertThat(structured(second)).isEqualTo(json("{'value': 42}"));
    assertThat(text(second)).isEqualTo("{\"value\":42}");
    assertThat(tool("counter").descriptor().hints().repeatable()).isFalse();
  }

  @Test
  void withoutSessionsTheCounterNamesItsHandle() {
    assertThat(tool("counter").handleArgument()).isEqualTo("handle");
    ToolOutcome outcome = call(tool("counter"), "{'handle': 'h-1'}", FakeContext.handle());
    assertThat(structured(outcome)).isEqualTo(json("{'value': 1, 'handle': 'h-1'}"));
    assertThat(text(outcome)).as("also for who reads text alone").contains("h-1");
  }

  @Test
  void aCounterThatWouldOverflowStaysAsItIs() {
    FakeContext context = FakeContext.session();
    call(tool("counter"), "{'by': 9223372036854775807}", context);
    assertThat(call(tool("counter"), "{'by': 1}", context).error()).isTrue();
    assertThat(structured(call(tool("counter"), "{'by': 0}", context)))
        .isEqualTo(json("{'value': 9223372036854775807}"));
  }

  @Test
  void whoamiTellsWhereTheCallRuns() {
    assertThat(structured(call(tool("whoami"), "{}")))
        .isEqualTo(
            json(
                "{'node':'n1','session':'s-1','owner':'n2','epoch':3,'principal':'anonymous',"
                    + "'protocolVersion':'2025-11-25'}"));
    assertThat(structured(call(tool("whoami"), "{}", FakeContext.handle())))
        .isEqualTo(
            json(
                "{'node':'n1','owner':'n2','epoch':3,'principal':'anonymous',"
                    + "'protocolVersion':'2025-11-25'}"));
    assertThat(tool("whoami").descriptor().inputSchema())
        .isEqualTo(json("{'type':'object','additionalProperties':false}"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "3, 3", "50, 10"})
  void sleepReportsGrowingProgress(int millis, int reports) {
    FakeContext context = FakeContext.session();
    ToolOutcome outcome = call(tool("sleep"), "{'ms': " + millis + "}", context);
    assertThat(text(outcome)).isEqualTo("slept " + millis + " ms");
    assertThat(context.reported)
        .hasSize(reports)
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates()
        .endsWith((double) millis);
    assertThat(context.totals).containsOnly((double) millis);
  }

  @Test
  void sleepStopsWhenCancelled() {
    FakeContext context = FakeContext.session();
    Future<ToolOutcome> sleeping = tool("sleep").call((ObjectNode) json("{'ms': 600000}"), context);
    assertThat(sleeping.isComplete()).isFalse();
    context.cancel();
    Awaitility.await().until(sleeping::isComplete);
    assertThat(sleeping.result().error()).isTrue();
    assertThat(Calls.text(sleeping.result())).isEqualTo("cancelled");
  }

  @Test
  void sleepRefusesWhatIsTooLong() {
    for (String ms : List.of("600001", "-1")) {
      ToolOutcome outcome = call(tool("sleep"), "{'ms': " + ms + "}");
      assertThat(outcome.error()).isTrue();
      assertThat(text(outcome)).isEqualTo("arguments.ms: " + ms + " (expected: 0 to 600000)");
    }
  }

  @Test
  void hintsThatAreMcpsDefaultsAreNotSaid() {
    var hints = tool("echo").descriptor().hints();
    assertThat(hints.readOnly()).isTrue();
    assertThat(hints.openWorld()).isFalse();
    assertThat(hints.destructive()).isNull();
    assertThat(hints.idempotent()).isNull();
  }
}
