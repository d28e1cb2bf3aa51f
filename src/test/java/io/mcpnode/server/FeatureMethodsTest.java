package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.BlobResourceContents;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.CompleteArg;
import io.mcpnode.api.CompletePrompt;
import io.mcpnode.api.CompleteResourceTemplate;
import io.mcpnode.api.CompletionContext;
import io.mcpnode.api.LogLevel;
import io.mcpnode.api.McpException;
import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.PromptArg;
import io.mcpnode.api.PromptMessage;
import io.mcpnode.api.RequestUri;
import io.mcpnode.api.Resource;
import io.mcpnode.api.ResourceContents;
import io.mcpnode.api.ResourceTemplate;
import io.mcpnode.api.ResourceTemplateArg;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts, completion and logging, as clients of both eras see them. */
class FeatureMethodsTest {

  /** None of these blocks, so that all is answered within the test's own thread. */
  public static class Shelf {

    static CompletableFuture<String> slow = new CompletableFuture<>();

    private static <T> CompletionStage<T> now(T value) {
      return CompletableFuture.completedFuture(value);
    }

    @Resource(uri = "shelf://text", mimeType = "text/plain")
    public CompletionStage<String> text(RequestUri uri) {
      return now("text of " + uri.value());
    }

    @Resource(uri = "shelf://slow")
    public CompletionStage<String> slow() {
      return slow;
    }

    @Resource(uri = "shelf://broken")
    public CompletionStage<String> broken() {
      throw new IllegalStateException("on purpose");
    }

    @ResourceTemplate(name = "book", uriTemplate = "shelf://books/{author}/{title}")
    public CompletionStage<Optional<ResourceContents>> book(
        String author, @ResourceTemplateArg(name = "title") String title, RequestUri uri) {
      return now(
          title.equals("none")
              ? Optional.empty()
              : Optional.of(BlobResourceContents.of(uri.value(), new byte[] {1, 2}, author)));
    }

    @ResourceTemplate(name = "gone", uriTemplate = "shelf://gone/{what}")
    public CompletionStage<String> gone(String what) {
      throw new McpException(-32002, "gone");
    }

    @CompleteResourceTemplate("book")
    public CompletionStage<List<String>> titles(
        @CompleteArg(name = "title") String typed, CompletionContext context) {
      return now(List.of(typed + "1", context.getArgument("author").orElse("nobody")));
    }

    @Prompt(description = "Greets")
    public CompletionStage<List<PromptMessage>> greet(
        @PromptArg(name = "who") String who,
        @PromptArg(name = "how", required = false) Optional<String> how) {
      if (who.equals("model")) {
        throw new MissingCapabilityException(ClientCapability.SAMPLING);
      }
      return now(
          List.of(
              PromptMessage.ofUser(how.orElse("Hello") + ", " + who),
              PromptMessage.ofAssistant("Hi")));
    }

    @CompletePrompt("greet")
    public CompletionStage<String> who(@CompleteArg(name = "who") String typed) {
      return now(typed + "!");
    }

    @Tool
    public CompletionStage<String> say(@ToolArg(name = "level") LogLevel level, ToolContext call) {
      call.log(level, "shelf", List.of(1, 2));
      return now("said");
    }
  }

  private static final List<String> ALL_LEVELS = List.of("debug", "info", "warning", "emergency");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingCalls blocking = new BlockingCalls(1, meters);
  private final FakeAffinity affinity = new FakeAffinity("n1");
  private final FakeFeatures features = new FakeFeatures(shelf());
  private final List<String> announced = new ArrayList<>();
  private final McpDispatcher node = node(features, "cookie");

  @AfterEach
  void close() {
    blocking.close();
  }

  private FeatureSet shelf() {
    FeatureClasses classes =
        new FeatureClasses(
            Compilers.on(blocking),
            () -> {
              throw new IllegalStateException("nobody asks");
            });
    classes.add(Shelf.class);
    assertThat(classes.faults()).isEmpty();
    return classes.features();
  }

  private McpDispatcher node(FakeFeatures features, String cookie) {
    return new McpDispatcher(
        affinity,
        new Rig().streamsOf("n1"),
        features,
        "n1",
        new ServerCard("mcp-node", "1.0"),
        new CallLimits(2, 0),
        100,
        Clock.SYSTEM,
        meters,
        new FakeSpans(),
        new ClusterSecret(cookie),
        new Announcements() {
          @Override
          public void toolsChanged() {
            announced.add("tools");
          }

          @Override
          public void promptsChanged() {
            announced.add("prompts");
          }

          @Override
          public void resourcesChanged() {
            announced.add("resources");
          }

          @Override
          public void resourceUpdated(String uri) {
            announced.add(uri);
          }

          @Override
          public void elicitationComplete(String session, String elicitation) {
            announced.add(session + " " + elicitation);
          }
        },
        new FakeLoop());
  }

  private FakeClient send(ClientRequest request) {
    FakeClient client = new FakeClient();
    node.message(request, client);
    return client;
  }

  private FakeClient modern(String method, String params) {
    ClientRequest request = Rig.modern(method, params, "anonymous");
    JsonNode named = new Json(params).node();
    JsonNode uri = named.path("uri");
    if (method.equals("resources/read") && uri.isTextual()) {
      request.headers().set("Mcp-Name", uri.textValue());
    }
    if (named.has("taskId")) {
      request.headers().set("Mcp-Name", named.path("taskId").textValue());
    }
    return send(request);
  }

  private String open(String revision) {
    FakeClient client =
        send(
            Rig.request(
                null,
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                    + "{\"protocolVersion\":\""
                    + revision
                    + "\",\"capabilities\":{},\"clientInfo\":{}}}",
                MultiMap.caseInsensitiveMultiMap()));
    return client.answer().sessionId();
  }

  private FakeClient within(String session, String method, String params) {
    return send(
        Rig.request(
            session,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                + method
                + "\",\"params\":"
                + params.replace('\'', '"')
                + "}",
            MultiMap.caseInsensitiveMultiMap()));
  }

  /** JSON with single quotes. */
  private record Json(String text) {
    JsonNode node() {
      return io.mcpnode.feature.Calls.json(text);
    }
  }

  private static JsonNode json(String text) {
    return new Json(text).node();
  }

  /** Whoever declares nothing offers no more than what needs no capability. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/list | {}",
        "tools/call | {'name':'say'}",
        "tasks/get | {'taskId':'T1'}",
        "tasks/cancel | {'taskId':'T1'}",
        "resources/list | {}",
        "resources/templates/list | {}",
        "resources/read | {'uri':'shelf://text'}",
        "prompts/list | {}",
        "prompts/get | {'name':'greet'}",
        "completion/complete | {}",
        "logging/setLevel | {'level':'info'}",
        "resources/subscribe | {'uri':'shelf://text'}",
        "resources/unsubscribe | {'uri':'shelf://text'}",
        "tasks/list | {}",
        "tasks/result | {'taskId':'T1'}",
        "tasks/update | {'taskId':'T1','inputResponses':{}}"
      })
  void whatIsNotDeclaredIsNotOffered(String method, String params) {
    String session = open("2025-11-25");
    features.change(FeatureSet.EMPTY);
    assertThat(modern("server/discover", "{}").json().at("/result/capabilities"))
        .isEqualTo(json("{}"));
    assertThat(modern(method, params).shown()).isEqualTo("404 -32601");
    assertThat(within(session, method, params).shown()).isEqualTo("200 -32601");
  }

  @Test
  void capabilitiesAreComputedFromWhatIsThere() {
    assertThat(modern("server/discover", "{}").json().at("/result/capabilities"))
        .isEqualTo(
            json(
                "{'tools':{'listChanged':true},"
                    + "'resources':{'subscribe':true,'listChanged':true},"
                    + "'prompts':{'listChanged':true},'completions':{},'logging':{},"
                    + "'extensions':{'io.modelcontextprotocol/tasks':{}}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
  void listsAreOrderedByTheirKeys(String revision) {
    String session = open(revision);
    assertThat(within(session, "resources/list", "{}").json().at("/result/resources"))
        .extracting(each -> each.path("uri").asText())
        .containsExactly("shelf://broken", "shelf://slow", "shelf://text");
    assertThat(
            within(session, "resources/templates/list", "{}")
                .json()
                .at("/result/resourceTemplates"))
        .extracting(each -> each.path("uriTemplate").asText())
        .containsExactly("shelf://books/{author}/{title}", "shelf://gone/{what}");
    assertThat(within(session, "prompts/list", "{}").json().at("/result/prompts/0"))
        .isEqualTo(
            json(
                "{'name':'greet','description':'Greets',"
                    + "'arguments':[{'name':'who','required':true},{'name':'how'}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "shelf://text | 200 {\"contents\":[{\"uri\":\"shelf://text\",\"mimeType\":\"text/plain\",\"text\":\"text of shelf://text\"}]}",
        "shelf://books/A%20B/x | 200 {\"contents\":[{\"uri\":\"shelf://books/A%20B/x\",\"mimeType\":\"A B\",\"blob\":\"AQI=\"}]}",
        "shelf://books/A/none | 200 -32002",
        "shelf://gone/x | 200 -32002",
        "shelf://nothing | 200 -32002",
        "shelf://broken | 200 -32603",
      })
  void reads(String uri, String expected) {
    assertThat(within(open("2025-11-25"), "resources/read", "{'uri':'" + uri + "'}").shown())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shelf://books/A/none", "shelf://gone/x", "shelf://nothing"})
  void whatIsNotFoundIsNamedInTheWordsOfTheRevision(String uri) {
    JsonNode error = modern("resources/read", "{'uri':'" + uri + "'}").json().path("error");
    assertThat(error.path("code").asInt()).isEqualTo(-32602);
    assertThat(error.at("/data/uri").asText()).isEqualTo(uri);
  }

  @Test
  void aReadOfTheEraWithoutSessionsSaysWhetherItMayBeKept() {
    JsonNode result = modern("resources/read", "{'uri':'shelf://text'}").json().path("result");
    assertThat(result.path("ttlMs").asInt(-1)).isZero();
    assertThat(result.path("cacheScope").asText()).isEqualTo("private");
    assertThat(result.path("resultType").asText()).isEqualTo("complete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "resources/read | {} | 200 -32602",
        "resources/read | {'uri':7} | 200 -32602",
        "resources/subscribe | {} | 200 -32602",
        "resources/unsubscribe | {} | 200 -32602",
        "prompts/get | {} | 200 -32602",
        "prompts/get | {'name':'nope'} | 200 -32602",
        "prompts/get | {'name':'greet'} | 200 -32602",
        "prompts/get | {'name':'greet','arguments':[]} | 200 -32602",
        "prompts/get | {'name':'greet','arguments':{'who':7}} | 200 -32602",
        "prompts/get | {'name':'greet','arguments':{'who':'x','wo':'y'}} | 200 -32602",
        "completion/complete | {} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'who'}} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/other','name':'greet'},'argument':{'name':'who','value':''}} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'nope'},'argument':{'name':'who','value':''}} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'nope','value':''}} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/resource','uri':'shelf://text'},'argument':{'name':'who','value':''}} | 200 -32602",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'how','value':''}} | 200 {\"completion\":{\"values\":[],\"total\":0,\"hasMore\":false}}",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'who','value':'a'}} | 200 {\"completion\":{\"values\":[\"a!\"],\"total\":1,\"hasMore\":false}}",
        "prompts/get | {'name':'greet','arguments':{'who':'x'}} | 200 {\"description\":\"Greets\",\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Hello, x\"}},{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"Hi\"}}]}",
      })
  void answersWithin(String method, String params, String expected) {
    assertThat(within(open("2025-11-25"), method, params).shown()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26, nobody", "2025-06-18, A", "2025-11-25, A"})
  void completionKnowsWhatIsFilledInAlready(String revision, String author) {
    String params =
        "{'ref':{'type':'ref/resource','uri':'shelf://books/{author}/{title}'},"
            + "'argument':{'name':'title','value':'t'},'context':{'arguments':{'author':'A'}}}";
    assertThat(
            within(open(revision), "completion/complete", params)
                .json()
                .at("/result/completion/values"))
        .isEqualTo(json("['t1','" + author + "']"));
  }

  @Test
  void aReadCanBeCancelledAndItsIdIsTakenMeanwhile() {
    Shelf.slow = new CompletableFuture<>();
    String session = open("2025-11-25");
    FakeClient first = within(session, "resources/read", "{'uri':'shelf://slow'}");
    assertThat(first.answered()).isFalse();
    assertThat(within(session, "resources/read", "{'uri':'shelf://slow'}").shown())
        .isEqualTo("400 -32600");
    send(
        Rig.request(
            session,
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
            MultiMap.caseInsensitiveMultiMap()));
    assertThat(first.shown()).isEqualTo("202");
    Shelf.slow.complete("late");
    assertThat(node.runningCalls()).isZero();
  }

  @Test
  void whoGoesAwayInTheEraWithoutSessionsCancels() {
    Shelf.slow = new CompletableFuture<>();
    FakeClient client = modern("resources/read", "{'uri':'shelf://slow'}");
    client.goAway();
    assertThat(client.answered()).isTrue();
    Shelf.slow.complete("late");
    assertThat(node.runningCalls()).isZero();
  }

  @Test
  void readsAreBoundedAsCallsAre() {
    Shelf.slow = new CompletableFuture<>();
    modern("resources/read", "{'uri':'shelf://slow'}");
    modern("resources/read", "{'uri':'shelf://slow'}");
    assertThat(modern("resources/read", "{'uri':'shelf://text'}").shown()).startsWith("503");
    Shelf.slow.complete("done");
    assertThat(modern("resources/read", "{'uri':'shelf://text'}").shown()).startsWith("200");
  }

  @Test
  void subscriptionsAreKeptWithTheSession() {
    String session = open("2025-11-25");
    assertThat(within(session, "resources/subscribe", "{'uri':'a:1'}").shown()).isEqualTo("200 {}");
    assertThat(within(session, "resources/subscribe", "{'uri':'a:2'}").shown()).isEqualTo("200 {}");
    assertThat(within(session, "resources/unsubscribe", "{'uri':'a:1'}").shown())
        .isEqualTo("200 {}");
    assertThat(within(session, "resources/unsubscribe", "{'uri':'never'}").shown())
        .isEqualTo("200 {}");
    assertThat(affinity.hosted(session).record().contents().session().subscriptions())
        .isEqualTo(Set.of("a:2"));
  }

  @Test
  void subscriptionsAreBounded() {
    String session = open("2025-11-25");
    String uri = "a:" + "x".repeat(ResourceParams.MAX_URI - 4);
    for (int i = 0; i < SessionSettings.MAX_SUBSCRIBED / ResourceParams.MAX_URI; i++) {
      assertThat(within(session, "resources/subscribe", "{'uri':'" + uri + (10 + i) + "'}").shown())
          .isEqualTo("200 {}");
    }
    assertThat(within(session, "resources/subscribe", "{'uri':'a:more'}").shown())
        .isEqualTo("200 -32602");
    assertThat(within(session, "resources/subscribe", "{'uri':'" + uri + "10'}").shown())
        .as("again")
        .isEqualTo("200 {}");
    assertThat(meters.counter("mcp.refused", "limit", "subscriptions").count()).isEqualTo(1);
    assertThat(within(session, "resources/subscribe", "{'uri':'" + uri + "long-'}").shown())
        .isEqualTo("200 -32602");
  }

  @ParameterizedTest
  @CsvSource({
    ", debug, false",
    ", info, true",
    "debug, debug, true",
    "warning, info, false",
    "warning, warning, true",
    "warning, emergency, true",
    "emergency, alert, false",
  })
  void aSessionGetsTheLogMessagesOfItsLevel(String set, String level, boolean sent) {
    String session = open("2025-11-25");
    if (set != null) {
      within(session, "logging/setLevel", "{'level':'" + set + "'}");
    }
    FakeClient client = within(session, "tools/call", call(level));
    assertThat(client.events)
        .isEqualTo(
            sent
                ? List.of(
                    json(
                        "{'jsonrpc':'2.0','method':'notifications/message','params':{'level':'"
                            + level
                            + "','logger':'shelf','data':[1,2]}}"))
                : List.of());
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("said");
  }

  private static String call(String level) {
    return "{'name':'say','arguments':{'level':'"
        + level.toUpperCase(java.util.Locale.ROOT)
        + "'}}";
  }

  @Test
  void withoutSessionsTheLevelIsThatOfTheRequestAlone() {
    for (String level : ALL_LEVELS) {
      assertThat(modern("tools/call", call(level)).events).isEmpty();
      assertThat(
              modern(
                      "tools/call",
                      call(level)
                          .replace(
                              "'say',",
                              "'say','_meta':{'io.modelcontextprotocol/logLevel':'warning'},"))
                  .events)
          .hasSize(level.equals("debug") || level.equals("info") ? 0 : 1);
    }
  }

  @Test
  void aLogMessageWithoutRoomIsDroppedAndCounted() {
    String session = open("2025-11-25");
    FakeClient client = new FakeClient();
    client.room = Future.failedFuture(new WireException(Failure.OVERLOADED, "full"));
    node.message(
        Rig.request(
            session,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                + call("error").replace('\'', '"')
                + "}",
            MultiMap.caseInsensitiveMultiMap()),
        client);
    assertThat(client.shown()).startsWith("200");
    assertThat(meters.counter("mcp.log.dropped").count()).isEqualTo(1);
  }

  @Test
  void whatTheClientCanNotDoIsToldInTheWordsOfItsRevision() {
    String params = "{'name':'greet','arguments':{'who':'model'}}";
    assertThat(modern("prompts/get", params).shown()).isEqualTo("400 -32021");
    assertThat(within(open("2025-11-25"), "prompts/get", params).shown()).isEqualTo("200 -32603");
  }

  @Test
  void aChangeIsAnnouncedWhenItCanBeSeen() {
    FeatureSet all = features.current();
    features.change(all);
    assertThat(announced).isEmpty();
    features.change(
        new FeatureSet(List.of(), all.resources(), all.templates(), List.of(), all.completions()));
    assertThat(announced).containsExactly("tools", "prompts");
    assertThat(modern("tools/list", "{}").shown()).isEqualTo("404 -32601");
    assertThat(modern("prompts/list", "{}").shown()).isEqualTo("404 -32601");
    assertThat(modern("tools/call", call("info")).shown()).isEqualTo("404 -32601");
    announced.clear();
    features.change(all);
    assertThat(announced).containsExactly("tools", "prompts");
    features.change(
        new FeatureSet(all.tools(), List.of(), all.templates(), all.prompts(), all.completions()));
    assertThat(announced).containsExactly("tools", "prompts", "resources");
    features.updated("shelf://text");
    assertThat(announced).last().isEqualTo("shelf://text");
  }

  private List<String> heardWithoutHistory() {
    FakeClient client = new FakeClient();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Last-Event-ID", "long ago");
    node.stream(Rig.request(open("2025-11-25"), "", headers), client);
    return client.events.stream().map(event -> event.path("method").asText()).toList();
  }

  @Test
  void whoeverLostTheHistoryHearsOfWhatIsDeclaredAlone() {
    FeatureSet all = features.current();
    String changed = "notifications/%s/list_changed";
    assertThat(heardWithoutHistory())
        .containsExactly(
            changed.formatted("tools"),
            changed.formatted("prompts"),
            changed.formatted("resources"));
    features.change(
        new FeatureSet(all.tools(), List.of(), all.templates(), List.of(), all.completions()));
    assertThat(heardWithoutHistory())
        .containsExactly(changed.formatted("tools"), changed.formatted("resources"));
    features.change(
        new FeatureSet(List.of(), List.of(), List.of(), all.prompts(), all.completions()));
    assertThat(heardWithoutHistory()).containsExactly(changed.formatted("prompts"));
  }

  @Test
  void aCursorOfOneNodeIsUnderstoodByTheOthersOfItsClusterAlone() {
    Cursors one = new Cursors(new ClusterSecret("cookie"));
    Cursors two = new Cursors(new ClusterSecret("cookie"));
    Cursors foreign = new Cursors(new ClusterSecret("other"));
    String cursor = one.of("tools").apply("ünder/the\nhood");
    assertThat(two.key("tools", cursor)).isEqualTo("ünder/the\nhood");
    assertThat(two.key("prompts", cursor)).isNull();
    assertThat(foreign.key("tools", cursor)).isNull();
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      String key = two.key("tools", changed);
      assertThat(key == null || key.equals("ünder/the\nhood")).as(changed).isTrue();
    }
    assertThat(two.key("tools", "")).isNull();
    assertThat(two.key("tools", "*")).isNull();
    assertThat(two.key("tools", "AAAA")).isNull();
    assertThat(two.key("tools", "A".repeat(100_000))).isNull();
  }

  @Test
  void aClientCanPageThroughManyResources() {
    List<io.mcpnode.feature.Resource> many = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      many.add(new FakeResource("many://" + (1000 + i)));
    }
    features.change(new FeatureSet(List.of(), many, List.of(), List.of(), java.util.Map.of()));
    String session = open("2025-11-25");
    List<String> seen = new ArrayList<>();
    String params = "{'cursor':''}";
    int pages = 0;
    do {
      JsonNode result = within(session, "resources/list", params).json().path("result");
      result.path("resources").forEach(each -> seen.add(each.path("uri").asText()));
      params = "{'cursor':'" + result.path("nextCursor").asText() + "'}";
      pages++;
    } while (!params.equals("{'cursor':''}"));
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(450).isSorted().doesNotHaveDuplicates();
    String cursor =
        within(session, "resources/list", "{}").json().at("/result/nextCursor").asText();
    JsonNode first = modern("resources/list", "{'cursor':'" + cursor + "'}").json().path("result");
    assertThat(first.path("resources")).hasSize(200);
    assertThat(first.has("ttlMs")).isTrue();
    assertThat(within(session, "resources/templates/list", "{'cursor':'" + cursor + "'}").shown())
        .isEqualTo("200 -32602");
  }
}
