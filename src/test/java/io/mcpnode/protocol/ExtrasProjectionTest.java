package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Icons, metadata and who the server is, in the words of each revision. */
class ExtrasProjectionTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ServerCard SERVER =
      new ServerCard(
          "mcp-node",
          "1.2.3",
          new ServerCard.About(
              "Weather",
              "Says what comes",
              "https://example.com",
              new Icon("https://example.com/i.svg", null, List.of(), null),
              "Ask before you travel"));
  private static final Extras EXTRAS =
      new Extras(
          List.of(
              new Icon("https://example.com/i.png", "image/png", List.of("16x16", "32x32"), "dark"),
              new Icon("data:image/svg+xml,x", null, List.of(), null)),
          (ObjectNode) json("{'com.example/a':[1]}"));
  private static final JsonNode ICONS =
      json(
          "[{'src':'https://example.com/i.png','mimeType':'image/png',"
              + "'sizes':['16x16','32x32'],'theme':'dark'},{'src':'data:image/svg+xml,x'}]");
  private static final ResourceDescriptor.Hints NO_HINTS = ResourceDescriptor.Hints.NONE;

  private final MessageWriter writer = new MessageWriter(SERVER);

  @ParameterizedTest
  @EnumSource(Revision.class)
  void aListedItemShowsItsIconsAndItsMetadata(Revision revision) {
    ToolDescriptor tool =
        new ToolDescriptor(
            "t",
            null,
            "",
            json("{}"),
            null,
            ToolDescriptor.Hints.NONE,
            TaskSupport.FORBIDDEN,
            false,
            EXTRAS);
    ResourceDescriptor resource =
        new ResourceDescriptor("a:1", "one", null, null, null, null, NO_HINTS, EXTRAS);
    PromptDescriptor prompt = new PromptDescriptor("p", null, null, List.of(), EXTRAS);
    ListingWriter lists = new ListingWriter(revision, SERVER);
    for (JsonNode item :
        List.of(
            json(lists.tools(List.of(tool), k -> k)).at("/tools/0"),
            json(lists.resources(List.of(resource), k -> k)).at("/resources/0"),
            json(lists.templates(List.of(resource), k -> k)).at("/resourceTemplates/0"),
            json(lists.prompts(List.of(prompt), k -> k)).at("/prompts/0"))) {
      boolean knowsIcons = revision.compareTo(Revision.V2025_11_25) >= 0;
      boolean knowsMeta = revision != Revision.V2025_03_26;
      assertThat(item.has("icons")).isEqualTo(knowsIcons);
      assertThat(item.has("_meta")).isEqualTo(knowsMeta);
      if (knowsIcons) {
        assertThat(item.path("icons")).isEqualTo(ICONS);
      }
      if (knowsMeta) {
        assertThat(item.path("_meta")).isEqualTo(json("{'com.example/a':[1]}"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void aBlockShowsItsHintsAndItsMetadata(Revision revision) {
    Content.Extras extras =
        new Content.Extras(
            new ResourceDescriptor.Hints(List.of("user"), 1.0, "2026-07-28T00:00:00Z"),
            EXTRAS.meta());
    ToolOutcome outcome =
        new ToolOutcome(
            List.of(
                new Content.Text("x", extras),
                new Content.Image("aGk=", "image/png", extras),
                new Content.Audio("aGk=", "audio/wav", extras),
                new Content.Link("a:1", "one", "One", null, null, 7L, extras),
                new Content.Embedded("a:1", null, "x", null, extras)),
            null,
            false);
    boolean first = revision == Revision.V2025_03_26;
    JsonNode content = answer(outcome, revision).path("content");
    assertThat(content).hasSize(5);
    for (JsonNode block : content) {
      assertThat(block.path("annotations"))
          .isEqualTo(
              json(
                  "{'audience':['user'],'priority':1"
                      + (first ? "}" : ",'lastModified':'2026-07-28T00:00:00Z'}")));
      assertThat(block.has("_meta")).isEqualTo(!first);
    }
    assertThat(content.at("/3/title").asText()).isEqualTo(first ? "" : "One");
    assertThat(content.at("/3/size").asInt()).isEqualTo(first ? 0 : 7);
    assertThat(content.at("/4/resource").has("_meta")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void contentsOfAResourceHaveMetadataOfTheirOwn(Revision revision) {
    JsonNode contents =
        json(new FeatureWriter(SERVER)
                .contents(
                    RequestId.of(1),
                    List.of(
                        new Content.Embedded(
                            "a:1", null, "x", null, new Content.Extras(NO_HINTS, EXTRAS.meta()))),
                    revision)
                .toByteArray())
            .at("/result/contents/0");
    assertThat(contents.has("_meta")).isEqualTo(revision != Revision.V2025_03_26);
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void metadataOfAResultKeepsWhatTheServerSaysOfItself(Revision revision) {
    ObjectNode meta =
        (ObjectNode) json("{'a':1,'io.modelcontextprotocol/serverInfo':'mine','b':{'c':true}}");
    JsonNode tool = answer(new ToolOutcome(List.of(), null, false, meta), revision);
    JsonNode prompt =
        json(new FeatureWriter(SERVER)
                .prompt(RequestId.of(1), new PromptOutcome(null, List.of(), meta), revision)
                .toByteArray())
            .path("result");
    for (JsonNode result : List.of(tool, prompt)) {
      assertThat(result.at("/_meta/a").asInt()).isEqualTo(1);
      assertThat(result.at("/_meta/b/c").asBoolean()).isTrue();
      if (revision.modern()) {
        assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo"))
            .isEqualTo(json("{'name':'mcp-node','version':'1.2.3'}"));
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void theServerSaysOfItselfWhatTheRevisionKnows(Revision revision) {
    Capabilities nothing = new Capabilities(false, false, false, false, false, false);
    JsonNode result =
        revision.modern()
            ? json(SERVER.discoverResult(nothing))
            : json(SERVER.initializeResult(revision, nothing));
    assertThat(result.path("instructions").asText()).isEqualTo("Ask before you travel");
    String info =
        switch (revision) {
          case V2025_03_26 -> "{'name':'mcp-node','version':'1.2.3'}";
          case V2025_06_18 -> "{'name':'mcp-node','version':'1.2.3','title':'Weather'}";
          default ->
              "{'name':'mcp-node','version':'1.2.3','title':'Weather','description':'Says what comes',"
                  + "'websiteUrl':'https://example.com','icons':[{'src':'https://example.com/i.svg'}]}";
        };
    assertThat(
            result.at(
                revision.modern() ? "/_meta/io.modelcontextprotocol~1serverInfo" : "/serverInfo"))
        .isEqualTo(json(info));
  }

  @Test
  void otherResultsSayNoMoreOfTheServerThanTheyHaveTo() {
    assertThat(
            answer(ToolOutcome.text("x"), Revision.V2026_07_28)
                .at("/_meta/io.modelcontextprotocol~1serverInfo"))
        .isEqualTo(json("{'name':'mcp-node','version':'1.2.3'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b-c_d", "x/a", "com.example/a", "a-1.b2/1", "dev.mcp/x"})
  void aKeyOfMetadataMayHaveADomain(String key) {
    assertThat(MetaKey.check(key)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "-a", "a-", "1x/a", "x-/a", "a..b/c", "a b", "a/b/c", "ü"})
  void anythingElseIsNoKeyOfMetadata(String key) {
    assertThatThrownBy(() -> MetaKey.check(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + key + '"');
  }

  @ParameterizedTest
  @CsvSource({
    "io.modelcontextprotocol/a, true",
    "dev.mcp/a, true",
    "com.mcp.tools/a, true",
    "COM.MCP/a, true",
    "com.example/a, false",
    "com.example.mcp/a, false",
    "mcp/a, false",
    "com.mcpx/a, false",
    "com.example/b.mcp.c, false",
    "a.mcp.b, false",
  })
  void theSecondLabelOfAKeyTellsWhetherItIsReserved(String key, boolean reserved) {
    assertThat(MetaKey.isReserved(key)).isEqualTo(reserved);
  }

  private JsonNode answer(ToolOutcome outcome, Revision revision) {
    return json(writer.toolAnswer(RequestId.of(1), outcome, revision).toByteArray()).path("result");
  }

  private static JsonNode json(Listing listing) {
    return json(listing.first());
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    return json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
