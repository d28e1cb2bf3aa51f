package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One model of tools and answers, in the words of each revision. */
class ProjectionTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ServerCard SERVER = new ServerCard("mcp-node", "1.2.3");
  private static final Capabilities TOOLS =
      new Capabilities(true, false, false, false, false, false);
  private final MessageWriter writer = new MessageWriter(SERVER);

  @ParameterizedTest
  @EnumSource(Revision.class)
  void aListShowsWhatTheRevisionKnows(Revision revision) throws IOException {
    JsonNode schema =
        json(
            "{\"$schema\":\"s\",\"type\":\"object\",\"$defs\":{\"a\":{\"$anchor\":\"x\"}},\"if\":true}");
    List<ToolDescriptor> tools =
        List.of(
            new ToolDescriptor(
                "a",
                "A \"tool\"",
                "does",
                schema,
                json("{\"type\":\"object\"}"),
                new ToolDescriptor.Hints(true, null, false, null)),
            new ToolDescriptor(
                "b", null, "", schema, json("{\"type\":\"array\"}"), ToolDescriptor.Hints.NONE));
    JsonNode result =
        MAPPER.readTree(
            new ListingWriter(revision, SERVER).tools(tools, key -> "after " + key).first());
    JsonNode first = result.at("/tools/0");
    assertThat(first.path("name").textValue()).isEqualTo("a");
    assertThat(first.path("inputSchema")).isEqualTo(schema);
    assertThat(first.path("annotations"))
        .isEqualTo(json("{\"readOnlyHint\":true,\"idempotentHint\":false}"));
    assertThat(result.at("/tools/1").has("annotations")).isFalse();
    assertThat(result.at("/tools/1").has("title")).isFalse();

    boolean titles = revision != Revision.V2025_03_26;
    assertThat(first.has("title")).isEqualTo(titles);
    assertThat(first.has("outputSchema")).isEqualTo(titles);
    assertThat(result.at("/tools/1").has("outputSchema")).isEqualTo(revision.modern());
    modernMembers(result, revision);
    assertThat(result.has("ttlMs")).isEqualTo(revision.modern());
    if (revision.modern()) {
      assertThat(result.path("ttlMs").isInt()).isTrue();
      assertThat(result.path("cacheScope").textValue()).isEqualTo("public");
    }
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void anAnswerShowsWhatTheRevisionKnows(Revision revision) throws IOException {
    List<Content> content =
        List.of(
            new Content.Text("line\n\"quoted\" ü 😀"),
            new Content.Image("aGk=", "image/png"),
            new Content.Audio("aGk=", "audio/wav"),
            new Content.Link("file:///a", "a", null, "text/plain"),
            new Content.Embedded("file:///b", null, "b", null));
    ToolOutcome outcome = new ToolOutcome(content, json("{\"sum\":3}"), true);
    JsonNode message = answer(outcome, revision);
    assertThat(message.path("jsonrpc").textValue()).isEqualTo("2.0");
    assertThat(message.path("id").textValue()).isEqualTo("x");
    JsonNode result = message.path("result");
    assertThat(result.path("isError").booleanValue()).isTrue();
    assertThat(result.at("/content/0/text").textValue()).isEqualTo("line\n\"quoted\" ü 😀");
    assertThat(result.at("/content/1"))
        .isEqualTo(json("{\"type\":\"image\",\"data\":\"aGk=\",\"mimeType\":\"image/png\"}"));
    assertThat(result.at("/content/2/type").textValue()).isEqualTo("audio");
    assertThat(result.at("/content/4"))
        .isEqualTo(
            json("{\"type\":\"resource\",\"resource\":{\"uri\":\"file:///b\",\"text\":\"b\"}}"));
    boolean first = revision == Revision.V2025_03_26;
    assertThat(result.at("/content/3/type").textValue())
        .isEqualTo(first ? "text" : "resource_link");
    assertThat(result.has("structuredContent")).isEqualTo(!first);
    modernMembers(result, revision);
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void structuredContentThatIsNoObjectIsForTheModernEra(Revision revision) throws IOException {
    JsonNode result =
        answer(new ToolOutcome(List.of(), json("[1,2]"), false), revision).path("result");
    assertThat(result.has("structuredContent")).isEqualTo(revision.modern());
    assertThat(result.has("isError")).isFalse();
    assertThat(result.at("/content/0/text").textValue()).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @EnumSource(
      value = Revision.class,
      names = {"V2025_03_26", "V2025_06_18", "V2025_11_25"})
  void initializeAnswersItsRevision(Revision revision) throws IOException {
    assertThat(MAPPER.readTree(SERVER.initializeResult(revision, TOOLS)))
        .isEqualTo(
            json(
                "{\"protocolVersion\":\""
                    + revision.date()
                    + "\",\"capabilities\":{\"tools\":{},\"logging\":{}"
                    + (revision.tasks()
                        ? ",\"tasks\":{\"list\":{},\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}"
                        : "")
                    + "},\"serverInfo\":{\"name\":\"mcp-node\","
                    + "\"version\":\"1.2.3\"}}"));
    assertThat(Revision.negotiate(revision.date())).isEqualTo(revision);
  }

  @Test
  void whatCannotBeNegotiatedBecomesTheLatestWithSessions() {
    assertThat(Revision.negotiate("2026-07-28")).isEqualTo(Revision.V2025_11_25);
    assertThat(Revision.negotiate("2024-11-05")).isEqualTo(Revision.V2025_11_25);
    assertThat(Revision.negotiate("")).isEqualTo(Revision.V2025_11_25);
  }

  @Test
  void discoverTellsRevisionsAndCapabilities() throws IOException {
    JsonNode result = MAPPER.readTree(SERVER.discoverResult(TOOLS));
    assertThat(result.path("supportedVersions")).isEqualTo(json("[\"2026-07-28\"]"));
    assertThat(result.path("capabilities"))
        .isEqualTo(
            json(
                "{\"tools\":{},\"logging\":{},"
                    + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}"));
    assertThat(result.path("cacheScope").textValue()).isEqualTo("public");
    modernMembers(result, Revision.V2026_07_28);
  }

  @Test
  void anErrorWithoutAReadableIdHasNone() throws IOException {
    RpcError error = new RpcError(RpcCode.OWNER_LOST, "a\tb", "{\"retryable\":false}");
    assertThat(json(MessageWriter.error(null, error)))
        .isEqualTo(
            json(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32010,\"message\":\"a\\tb\",\"data\":{\"retryable\":false}}}"));
    assertThat(json(MessageWriter.error(RequestId.of(3), RpcError.of(RpcCode.PARSE_ERROR, ""))))
        .isEqualTo(
            json("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32700,\"message\":\"\"}}"));
  }

  @Test
  void progressLeavesOutWhatIsNotSaid() throws IOException {
    assertThat(json(MessageWriter.progress(RequestId.ofString("t"), 0.5, Double.NaN, "")))
        .isEqualTo(
            json(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"t\",\"progress\":0.5}}"));
    assertThat(
            new String(
                MessageWriter.progress(RequestId.of(1), 50, 100, "half").toByteArray(),
                StandardCharsets.UTF_8))
        .contains("\"progressToken\":1,\"progress\":50,\"total\":100,\"message\":\"half\"");
  }

  private static void modernMembers(JsonNode result, Revision revision) {
    assertThat(result.path("resultType").textValue())
        .isEqualTo(revision.modern() ? "complete" : null);
    assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/version").textValue())
        .isEqualTo(revision.modern() ? "1.2.3" : null);
  }

  private JsonNode answer(ToolOutcome outcome, Revision revision) throws IOException {
    return json(writer.toolAnswer(RequestId.ofString("x"), outcome, revision));
  }

  private static JsonNode json(JsonOut out) throws IOException {
    return MAPPER.readTree(out.toByteArray());
  }

  private static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text);
  }
}
