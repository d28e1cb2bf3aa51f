package io.mcpnode.feature.call;

import static io.mcpnode.feature.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolResponse;
import io.mcpnode.feature.Calls;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.protocol.TreeReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks by schema: right, bounded, and not on the thread that serves clients. */
class SchemaCheckTest {

  /** Elements of an array that is too large to be checked on an event loop. */
  private static final String LARGE = "1,".repeat(5000) + "1";

  /** The output that tools declare. */
  public record Sum(int sum, List<String> names) {}

  /** Tools whose answers may not fit what they declare. */
  public static class Sums {

    static volatile @Nullable Context context;

    private static Object content(String kind) {
      return switch (kind) {
        case "typed" -> new Sum(1, List.of("a"));
        case "map" -> Map.of("sum", 1, "names", List.of("a"));
        case "missing" -> Map.of("names", List.of());
        case "wrong" -> Map.of("sum", "one", "names", List.of(7));
        default -> "text";
      };
    }

    @Tool(outputSchemaFrom = Sum.class)
    public ToolResponse blocking(@ToolArg(name = "kind") String kind) {
      return ToolResponse.ofStructured(content(kind));
    }

    @Tool(outputSchemaFrom = Sum.class)
    public CompletionStage<ToolResponse> async(@ToolArg(name = "kind") String kind) {
      return CompletableFuture.completedFuture(ToolResponse.ofStructured(content(kind)));
    }

    @Tool(outputSchemaFrom = Sum.class)
    public CompletionStage<ToolResponse> failing(@ToolArg(name = "kind") String kind) {
      return CompletableFuture.completedFuture(
          ToolResponse.builder()
              .addTextContent("no sum")
              .setStructuredContent(content(kind))
              .setError(true)
              .build());
    }

    @Tool(outputSchemaFrom = Sum.class)
    public ToolResponse failingWithoutText(@ToolArg(name = "kind") String kind) {
      return ToolResponse.builder().setStructuredContent(content(kind)).setError(true).build();
    }

    @Tool(
        inputSchema =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}")
    public CompletionStage<String> where(@ToolArg(name = "a") List<Integer> a) {
      context = Vertx.currentContext();
      return CompletableFuture.completedFuture("" + a.size());
    }

    @Tool(
        inputSchema =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^x*x*x*x*x*x*y$\"}}}")
    public CompletionStage<String> pattern(@ToolArg(name = "a") String a) {
      return CompletableFuture.completedFuture(a);
    }
  }

  private final BlockingCalls blocking = new BlockingCalls(4, new SimpleMeterRegistry());
  private final List<io.mcpnode.feature.Tool> tools = load(blocking);

  private static List<io.mcpnode.feature.Tool> load(BlockingCalls blocking) {
    FeatureClasses classes = Calls.load(Sums.class, blocking);
    assertThat(classes.faults()).isEmpty();
    return classes.features().tools();
  }

  @AfterEach
  void close() {
    blocking.close();
  }

  private ToolOutcome call(String name, String arguments) {
    return Calls.call(named(name, tools), arguments);
  }

  private static io.mcpnode.feature.Tool named(String name, List<io.mcpnode.feature.Tool> tools) {
    return tools.stream()
        .filter(tool -> tool.descriptor().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "blocking, typed, ",
    "blocking, map, ",
    "blocking, missing, sum",
    "blocking, wrong, structuredContent.names[0]",
    "blocking, text, sum",
    "async, typed, ",
    "async, map, ",
    "async, missing, sum",
    "async, wrong, structuredContent.sum",
    "async, text, sum",
  })
  void structuredContentFitsTheOutputSchemaOrTheCallFails(String tool, String kind, String named) {
    ToolOutcome outcome = call(tool, "{'kind':'" + kind + "'}");
    assertThat(outcome.error()).isEqualTo(named != null);
    if (named == null) {
      assertThat(Calls.structured(outcome)).isEqualTo(json("{'sum':1,'names':['a']}"));
    } else {
      assertThat(Calls.text(outcome)).contains("output schema").contains(named);
      assertThat(outcome.structured()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "typed, true",
    "map, true",
    "missing, false",
    "wrong, false",
    "text, false",
  })
  void anErrorHasStructuredContentOnlyWhereItFitsTheOutputSchema(String kind, boolean fits) {
    ToolOutcome outcome = call("failing", "{'kind':'" + kind + "'}");
    assertThat(outcome.error()).isTrue();
    assertThat(Calls.text(outcome)).isEqualTo("no sum");
    assertThat(outcome.structured() != null).isEqualTo(fits);
    ToolOutcome bare = call("failingWithoutText", "{'kind':'" + kind + "'}");
    assertThat(bare.error()).isTrue();
    assertThat(json(Calls.text(bare)).isObject()).isTrue();
    assertThat(bare.structured() != null).isEqualTo(fits);
  }

  @Test
  void largeArgumentsAreCheckedOnAThreadOfTheirOwn() {
    assertThat(Calls.text(call("where", "{'a':[" + LARGE + "]}"))).isEqualTo("5001");
    ToolOutcome wrong = call("where", "{'a':[" + LARGE + ",'x']}");
    assertThat(wrong.error()).isTrue();
    assertThat(Calls.text(wrong)).contains("arguments.a[5001]");
    // Where there is no other thread, small ones are checked nevertheless.
    try (BlockingCalls none = new BlockingCalls(0, new SimpleMeterRegistry())) {
      io.mcpnode.feature.Tool where = named("where", load(none));
      assertThat(Calls.text(Calls.call(where, "{'a':[1]}"))).isEqualTo("1");
      assertThat(Calls.text(Calls.call(where, "{'a':[" + LARGE + "]}"))).contains("too many calls");
    }
  }

  @Test
  void afterTheCheckOfLargeArgumentsTheMethodIsCalledOnTheEventLoopOfTheCall() {
    Vertx vertx = Vertx.vertx();
    try {
      Context loop = vertx.getOrCreateContext();
      CompletableFuture<ToolOutcome> outcome = new CompletableFuture<>();
      loop.runOnContext(
          v ->
              named("where", tools)
                  .call((ObjectNode) json("{'a':[" + LARGE + "]}"), FakeContext.session())
                  .onComplete(outcome::complete, outcome::completeExceptionally));
      assertThat(Calls.text(outcome.orTimeout(20, TimeUnit.SECONDS).join())).isEqualTo("5001");
      assertThat(Sums.context).isSameAs(loop);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void aPatternThatWouldTakeForeverIsGivenUp() {
    assertThat(Calls.text(call("pattern", "{'a':'xxxy'}"))).isEqualTo("xxxy");
    assertThat(Calls.text(call("pattern", "{'a':'z'}"))).contains("arguments.a");
    ToolOutcome slow = call("pattern", "{'a':'" + "x".repeat(300) + "'}");
    assertThat(slow.error()).isTrue();
    assertThat(Calls.text(slow)).contains("arguments: its patterns take too long");
  }

  @Test
  void whatIsTooLargeIsNotChecked() {
    SchemaCheck check = new SchemaCheck("value", "schema", (ObjectNode) json("{}"));
    Problems problems = new Problems();
    check.check(array(SchemaCheck.HEAVIEST - 1), problems);
    assertThat(problems.any()).isFalse();
    check.check(array(SchemaCheck.HEAVIEST), problems);
    assertThat(problems.text()).contains("value: too large to check (expected: <= 200000 values)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object'}",
        "{'$schema':'https://example.com/mine','type':'object'}",
        "{'$schema':7,'type':'object'}",
        "{'type':'object','properties':{'a':{'$ref':'https://example.com/a.json'}}}",
        "{'type':'object','properties':{'a':{'$ref':'#/$defs/nowhere'}}}",
        "{'type':'object','properties':{'a':{'type':'text'}}}",
        "{'type':'object','properties':{'a':{'minimum':'1'}}}",
        "{'type':'object','properties':{'a':{'pattern':'('}}}",
      })
  void aSchemaThatCannotBeCheckedIsRefusedAtOnce(String schema) {
    assertThatThrownBy(() -> new SchemaCheck("arguments", "inputSchema", (ObjectNode) json(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("inputSchema: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer'} | 1.0 | true",
        "{'type':'integer'} | 9007199254740993.0 | true",
        "{'type':'integer'} | 9007199254740993.5 | false",
        "{'type':'integer'} | 2147483646.9999999999 | false",
        "{'type':'integer'} | 1e1000 | true",
        "{'type':'integer'} | 1e-1000 | false",
        "{'type':'integer'} | 1e999999999 | false",
        "{'type':'number'} | 1e-400 | true",
        "{'type':'number'} | 1E400 | true",
        "{'type':'number'} | 1e999999999 | false",
        "{'type':'number'} | -1e-999999999999 | false",
        "{'minimum':9007199254740993} | 9007199254740992.5 | false",
        "{'minimum':0} | 1e1000 | true",
        "{'type':'integer','maximum':100} | 1e1000 | false",
        "{'type':'integer','maximum':100} | 18446744073709551617.0 | false",
        "{'type':'integer','minimum':-100} | -1e1000 | false",
        "{'type':'integer','minimum':0} | 9223372036854775809.0 | true",
        "{'exclusiveMinimum':0} | 1e-1000 | true",
        "{'type':'integer','exclusiveMaximum':9007199254740993} | 9007199254740993.0 | false",
        "{'multipleOf':0.5} | 1e1000 | true",
        "{'multipleOf':7} | 1e1000 | false",
        "{'multipleOf':7} | 1e-1000 | false",
        "{'multipleOf':1e-300} | 1e1000 | true",
        "{'const':1.5} | 1.5 | true",
        "{'const':1} | 1.0 | true",
        "{'enum':[1,1e300]} | 1e1000 | false",
        "{'uniqueItems':true} | [1e1000,1e1000] | false",
        "{'uniqueItems':true} | [1e1000,1e999] | true",
        "{'uniqueItems':true} | [1e999999999,1e-999999999] | true",
      })
  void numbersAreCheckedAsTheyWereSentAndAtOnce(String schema, String value, boolean fits) {
    SchemaCheck check =
        new SchemaCheck("v", "schema", (ObjectNode) json("{'properties':{'a':" + schema + "}}"));
    Problems problems = new Problems();
    ObjectNode sent = TreeReader.object("{\"a\":" + value + "}");
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> check.check(sent, problems));
    assertThat(problems.any()).as(problems.text()).isEqualTo(!fits);
  }

  @Test
  void weightCountsValuesAndLongTexts() {
    assertThat(Weight.of(json("{'a':[1,2,{'b':null}],'c':'x'}"), 100)).isEqualTo(7);
    assertThat(Weight.of(json("'" + "x".repeat(640) + "'"), 100)).isEqualTo(11);
    assertThat(Weight.of(array(1000), 100)).isEqualTo(101);
  }

  private static JsonNode array(int size) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < size; i++) {
      array.add(1);
    }
    return array;
  }

  /** As of expressions: what the alternatives have in common is tried again for each. */
  private static SchemaCheck recursive(String combined, String reference) {
    String schema =
        """
        {"$ref": "#/$defs/node", "$defs": {"node": {"$dynamicAnchor": "node", "%s": [
          {"type": ["object", "integer"], "properties": {"a": {"%s"}}},
          {"properties": {"a": {"%s"}}, "not": {"type": "string"}}]}}}
        """
            .formatted(combined, reference, reference);
    return new SchemaCheck("arguments", "inputSchema", (ObjectNode) json(schema));
  }

  private static JsonNode nested(int depth, String leaf) {
    return json("{\"a\":".repeat(depth) + leaf + "}".repeat(depth));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "anyOf|$ref\": \"#/$defs/node|'no'",
        "anyOf|$dynamicRef\": \"#node|'no'",
        "allOf|$ref\": \"#/$defs/node|1",
        "allOf|$dynamicRef\": \"#node|1",
      })
  @Timeout(30)
  void aSmallValueThatTakesManyStepsIsGivenUp(String combined, String reference, String leaf) {
    SchemaCheck check = recursive(combined, reference);
    assertThat(check.isHeavy(nested(3, leaf))).as("not on an event loop").isTrue();
    Problems few = new Problems();
    check.check(nested(3, "1"), few);
    assertThat(few.text()).isEmpty();
    Problems many = new Problems();
    check.check(nested(40, leaf), many);
    assertThat(many.text())
        .matches("arguments: takes too long to check \\(expected: <= [0-9]+ .*\\)");
  }

  /** What is built for a way through the schema stays with it: it must not fill the memory. */
  @Test
  @Timeout(60)
  void manyValuesThatTakeManyWaysLeaveNothingBehind() {
    String schema =
        """
        {"type": "array", "items": {"$ref": "#/$defs/node"}, "$defs": {"node": {"allOf": [
          {"properties": {"a": {"$ref": "#/$defs/node"}}},
          {"properties": {"a": {"$ref": "#/$defs/node"}}}]}}}
        """;
    SchemaCheck check = new SchemaCheck("arguments", "inputSchema", (ObjectNode) json(schema));
    JsonNode many = json("[" + (nested(40, "1") + ",").repeat(24) + nested(40, "1") + "]");
    for (int i = 0; i < 30; i++) {
      Problems problems = new Problems();
      check.check(many, problems);
      assertThat(problems.text()).contains("takes too long to check (expected: <= 20000 ways");
    }
    Problems few = new Problems();
    check.check(json("[" + nested(3, "1") + "]"), few);
    assertThat(few.text()).as("usable afterwards").isEmpty();
  }

  @Test
  void aLargeValueMayTakeMoreSteps() {
    SchemaCheck check =
        new SchemaCheck(
            "arguments",
            "inputSchema",
            (ObjectNode)
                json(
                    """
                    {"type": "array", "items": {"$ref": "#/$defs/item"},
                     "$defs": {"item": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}
                    """));
    Problems problems = new Problems();
    check.check(json("[" + "1,".repeat(45_000) + "1]"), problems);
    assertThat(problems.text()).isEmpty();
  }
}
