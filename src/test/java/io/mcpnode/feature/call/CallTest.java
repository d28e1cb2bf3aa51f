package io.mcpnode.feature.call;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.json;
import static io.mcpnode.feature.Calls.structured;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.EmbeddedResource;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.McpException;
import io.mcpnode.api.ResourceLink;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import io.mcpnode.api.ToolResponse;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a method returns, throws and does to its thread, seen by the caller. */
class CallTest {

  public record Size(int width, Optional<String> unit, LocalDate measured, String note) {}

  public static class Node {
    public String name = "a";
    public Node next;
  }

  /** One tool a case. */
  @SuppressWarnings("unused")
  public static class Cases {
    static CountDownLatch started = new CountDownLatch(1);
    static CountDownLatch release = new CountDownLatch(1);
    static volatile boolean interrupted;

    @Tool
    public void nothing() {}

    @Tool
    public String noText() {
      return null;
    }

    @Tool
    public static int number() {
      return 7;
    }

    @Tool
    public boolean bool() {
      return true;
    }

    @Tool
    public LocalDate date() {
      return LocalDate.of(2026, 1, 31);
    }

    @Tool
    public Optional<String> full() {
      return Optional.of("x");
    }

    @Tool
    public Optional<String> empty() {
      return Optional.empty();
    }

    @Tool
    public List<Integer> numbers() {
      return List.of(1, 2);
    }

    @Tool
    public List<String> texts() {
      return List.of("a", "b");
    }

    @Tool
    public List<String> noTexts() {
      return List.of();
    }

    @Tool
    public List<ContentBlock> noBlocks() {
      return List.of();
    }

    @Tool
    public CompletionStage<List<? extends ContentBlock>> noBlocksLater() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Tool
    public Map<String, Object> map() {
      return Map.of("a", List.of(1, Map.of("b", 2.5)));
    }

    @Tool
    public Object any() {
      return new Size(1, Optional.empty(), LocalDate.of(2026, 1, 31), null);
    }

    @Tool
    public ContentBlock block() {
      return TextContent.of("t");
    }

    @Tool
    public ToolResponse response() {
      return ToolResponse.builder()
          .addContent(ResourceLink.builder("n", "u:1").setDescription("d").build())
          .addContent(ImageContent.of(new byte[] {1, 2, 3}, "image/png"))
          .addContent(EmbeddedResource.builder(new byte[] {1}, "u:2").build())
          .setError(true)
          .build();
    }

    @Tool
    public ToolResponse structuredResponse() {
      return ToolResponse.ofStructured(Map.of("a", 1));
    }

    @Tool
    public Size size() {
      return new Size(3, Optional.of("cm"), LocalDate.of(2026, 1, 31), null);
    }

    @Tool
    public Size noSize() {
      return null;
    }

    @Tool(structuredContent = true)
    public List<Integer> wrapped() {
      return List.of(1, 2);
    }

    @Tool(structuredContent = true)
    public Map<String, Integer> counts() {
      return Map.of("a", 1);
    }

    @Tool(structuredContent = true)
    public String wrappedText() {
      return "t";
    }

    @Tool(structuredContent = true)
    public Node cyclic() {
      Node node = new Node();
      node.next = node;
      return node;
    }

    @Tool(outputSchemaFrom = Size.class)
    public ToolResponse promised() {
      return ToolResponse.ofText("but no structured content");
    }

    @Tool(outputSchemaFrom = Size.class)
    public ToolResponse promisedButFailed() {
      return ToolResponse.ofError("no");
    }

    @Tool
    public double infinite() {
      return Double.POSITIVE_INFINITY;
    }

    @Tool
    public String fails() {
      throw new IllegalStateException("no disk");
    }

    @Tool
    public String failsChecked() throws Exception {
      throw new Exception();
    }

    @Tool
    public CompletionStage<String> failsLater() {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException("later");
          });
    }

    @Tool
    public CompletionStage<String> failsAtOnce() {
      throw new IllegalStateException("at once");
    }

    @Tool
    public CompletionStage<String> isNoFuture() {
      return null;
    }

    @Tool
    public Future<Size> vertxFuture() {
      return Future.succeededFuture(size());
    }

    @Tool
    public Future<String> vertxFailure() {
      return Future.failedFuture(new IllegalStateException("vertx"));
    }

    @Tool
    public CompletableFuture<Integer> later() {
      return CompletableFuture.supplyAsync(() -> 5);
    }

    @Tool
    public CompletionStage<Void> nothingLater() {
      return CompletableFuture.completedFuture(null);
    }

    @Tool
    public String protocolError() {
      throw new McpException(-32602, "no such city");
    }

    @Tool
    public CompletionStage<String> protocolErrorLater() {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new McpException(-32602, "no such city");
          });
    }

    @Tool
    public CompletionStage<String> protocolErrorAtOnce() {
      return CompletableFuture.failedFuture(new McpException(-32602, "no such city"));
    }

    @Tool
    public String variable(@ToolArg(name = "words") String... words) {
      return String.join("+", words);
    }

    @Tool
    public String thread() {
      return Thread.currentThread().getContextClassLoader() == Cases.class.getClassLoader()
          ? "own"
          : "other";
    }

    @Tool
    public CompletionStage<String> callerThread() {
      return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }

    @Tool
    public String blocks() throws InterruptedException {
      started.countDown();
      try {
        release.await();
      } catch (InterruptedException stopped) {
        interrupted = true;
        throw stopped;
      }
      return "released";
    }

    @Tool
    public String session(ToolContext context) {
      return context.sessionId().orElse("none");
    }
  }

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingCalls blocking = new BlockingCalls(1, meters);
  private final List<io.mcpnode.feature.Tool> tools = load();

  private List<io.mcpnode.feature.Tool> load() {
    Cases.started = new CountDownLatch(1);
    Cases.release = new CountDownLatch(1);
    Cases.interrupted = false;
    FeatureClasses classes =
        new FeatureClasses(
            Compilers.on(blocking),
            () -> {
              throw new IllegalStateException("nobody asks");
            });
    classes.add(Cases.class);
    assertThat(classes.faults()).isEmpty();
    return classes.features().tools();
  }

  private io.mcpnode.feature.Tool tool(String name) {
    return tools.stream()
        .filter(tool -> tool.descriptor().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @AfterEach
  void close() {
    blocking.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing | Success",
        "nothingLater | Success",
        "number | 7",
        "bool | true",
        "date | 2026-01-31",
        "full | x",
        "numbers | [1,2]",
        "noTexts | []",
        "map | {\"a\":[1,{\"b\":2.5}]}",
        "any | {\"width\":1,\"measured\":\"2026-01-31\"}",
        "block | t",
        "later | 5",
        "thread | own",
        "session | s-1",
      })
  void aPlainValueIsText(String tool, String text) {
    assertThat(call(tool(tool), "{}")).isEqualTo(ToolOutcome.text(text));
    assertThat(tool(tool).descriptor().outputSchema()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"noText", "empty", "noBlocks", "noBlocksLater"})
  void noValueIsNoContent(String tool) {
    assertThat(call(tool(tool), "{}")).isEqualTo(new ToolOutcome(List.of(), null, false));
  }

  @Test
  void aListOfTextsIsSeveralBlocks() {
    assertThat(call(tool("texts"), "{}").content())
        .containsExactly(new Content.Text("a"), new Content.Text("b"));
  }

  @Test
  void aResponseIsTheWholeAnswer() {
    assertThat(call(tool("response"), "{}"))
        .isEqualTo(
            new ToolOutcome(
                List.of(
                    new Content.Link("u:1", "n", "d", null),
                    new Content.Image("AQID", "image/png"),
                    new Content.Embedded("u:2", null, null, "AQ==")),
                null,
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "size | {'width':3,'unit':'cm','measured':'2026-01-31'}",
        "vertxFuture | {'width':3,'unit':'cm','measured':'2026-01-31'}",
        "structuredResponse | {'a':1}",
        "wrapped | {'result':[1,2]}",
        "wrappedText | {'result':'t'}",
        "counts | {'a':1}",
      })
  void structuredContentIsTextToo(String tool, String json) {
    ToolOutcome outcome = call(tool(tool), "{}");
    assertThat(structured(outcome)).isEqualTo(json(json));
    assertThat(json(text(outcome))).isEqualTo(json(json));
    assertThat(outcome.error()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "size | {'type':'object','properties':{'width':{'type':'integer'},'unit':{'type':'string'},"
            + "'measured':{'type':'string','format':'date'},'note':{'type':'string'}},"
            + "'required':['width']}",
        "wrapped | {'type':'object','properties':{'result':{'type':'array','items':{'type':"
            + "'integer'}}},'required':['result']}",
        "counts | {'type':'object','additionalProperties':{'type':'integer'}}",
        "cyclic | {'type':'object','properties':{'name':{'type':'string'},'next':{'$ref':"
            + "'#/$defs/Node'}},'$defs':{'Node':{'type':'object','properties':{'name':{'type':"
            + "'string'},'next':{'$ref':'#/$defs/Node'}}}}}",
      })
  void theOutputSchemaIsThatOfTheType(String tool, String schema) {
    assertThat(tool(tool).descriptor().outputSchema()).isEqualTo(json(schema));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fails | no disk",
        "failsChecked | Exception",
        "failsLater | later",
        "failsAtOnce | at once",
        "vertxFailure | vertx",
        "isNoFuture | the tool returned no future",
        "noSize | the tool returned nothing, though it declares an output schema",
        "promised | the tool returned no structured content, though it declares an output schema",
        "promisedButFailed | no",
        "infinite | result: Infinity (expected: a finite number)",
        "cyclic | StackOverflowError: null",
      })
  void aFailureIsAResult(String tool, String message) {
    assertThat(call(tool(tool), "{}")).isEqualTo(ToolOutcome.failed(message));
  }

  @ParameterizedTest
  @CsvSource({"protocolError", "protocolErrorLater", "protocolErrorAtOnce"})
  void anMcpExceptionIsAProtocolError(String tool) {
    Future<ToolOutcome> outcome = tool(tool).call((ObjectNode) json("{}"), FakeContext.session());
    Awaitility.await().until(outcome::isComplete);
    assertThat(outcome.cause())
        .isInstanceOfSatisfying(
            McpException.class, error -> assertThat(error.code()).isEqualTo(-32602));
  }

  @Test
  void variableArgumentsAreAnArray() {
    assertThat(text(call(tool("variable"), "{'words': ['a','b']}"))).isEqualTo("a+b");
  }

  @Test
  void aFutureIsStartedOnTheCallersThread() {
    assertThat(text(call(tool("callerThread"), "{}"))).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void overTheLimitACallIsRefusedAndCounted() throws Exception {
    Future<ToolOutcome> first = start("blocks");
    assertThat(Cases.started.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(meters.get("mcp.tools.blocking.running").gauge().value()).isEqualTo(1);
    assertThat(text(call(tool("number"), "{}"))).contains("too many calls (limit: 1)");
    assertThat(meters.counter("mcp.tools.blocking.refused").count()).isEqualTo(1);
    Cases.release.countDown();
    Awaitility.await().until(first::isComplete);
    assertThat(text(first.result())).isEqualTo("released");
    // The pool of platform threads may need a moment to take the next call.
    Awaitility.await()
        .untilAsserted(() -> assertThat(text(call(tool("number"), "{}"))).isEqualTo("7"));
  }

  @Test
  void whenTheClientGivesUpTheThreadIsInterrupted() throws Exception {
    FakeContext context = FakeContext.session();
    Future<ToolOutcome> outcome = tool("blocks").call((ObjectNode) json("{}"), context);
    assertThat(Cases.started.await(10, TimeUnit.SECONDS)).isTrue();
    context.cancel();
    Awaitility.await().until(outcome::isComplete);
    assertThat(outcome.result()).isEqualTo(ToolOutcome.failed("InterruptedException"));
    assertThat(Cases.interrupted).isTrue();
  }

  @Test
  void afterTheEndCallsAreRefused() {
    blocking.close();
    assertThat(call(tool("number"), "{}").error()).isTrue();
    assertThat(meters.counter("mcp.tools.blocking.refused").count()).isEqualTo(1);
  }

  private Future<ToolOutcome> start(String tool) {
    return tool(tool).call((ObjectNode) json("{}"), FakeContext.session());
  }
}
