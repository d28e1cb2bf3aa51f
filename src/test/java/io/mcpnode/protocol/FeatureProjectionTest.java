package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources, prompts and completion in the words of each revision. */
class FeatureProjectionTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ServerCard SERVER = new ServerCard("mcp-node", "1.2.3");
  private final FeatureWriter writer = new FeatureWriter(SERVER);

  @ParameterizedTest
  @EnumSource(Revision.class)
  void aListOfResourcesShowsWhatTheRevisionKnows(Revision revision) throws IOException {
    ResourceDescriptor full =
        new ResourceDescriptor(
            "a:1",
            "one",
            "The first",
            "says \"1\"",
            "text/plain",
            7L,
            new ResourceDescriptor.Hints(
                List.of("user", "assistant"), 0.5, "2026-07-28T00:00:00Z"));
    ResourceDescriptor bare =
        new ResourceDescriptor(
            "a:0", "zero", null, null, null, null, ResourceDescriptor.Hints.NONE);
    ResourceDescriptor dated =
        new ResourceDescriptor(
            "a:2",
            "two",
            null,
            null,
            null,
            null,
            new ResourceDescriptor.Hints(List.of(), null, "2026-07-28T00:00:00Z"));
    JsonNode result =
        json(
            new ListingWriter(revision, SERVER)
                .resources(List.of(full, bare, dated), key -> key)
                .first());
    assertThat(result.at("/resources/0")).isEqualTo(json("{'uri':'a:0','name':'zero'}"));
    boolean later = revision != Revision.V2025_03_26;
    String title = later ? "'title':'The first'," : "";
    String modified = later ? ",'lastModified':'2026-07-28T00:00:00Z'" : "";
    assertThat(result.at("/resources/1"))
        .isEqualTo(
            json(
                "{'uri':'a:1','name':'one',"
                    + title
                    + "'description':'says \\\"1\\\"','mimeType':'text/plain','size':7,"
                    + "'annotations':{'audience':['user','assistant'],'priority':0.5"
                    + modified
                    + "}}"));
    assertThat(result.at("/resources/2").has("annotations")).isEqualTo(later);
    assertThat(result.path("cacheScope").asText()).isEqualTo(revision.modern() ? "public" : "");
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void aListOfPromptsShowsWhatTheRevisionKnows(Revision revision) throws IOException {
    PromptDescriptor prompt =
        new PromptDescriptor(
            "p",
            "Title",
            "does",
            List.of(
                new PromptDescriptor.Argument("a", "A", "first", true),
                new PromptDescriptor.Argument("b", null, null, false)));
    PromptDescriptor bare = new PromptDescriptor("q", null, null, List.of());
    JsonNode result =
        json(new ListingWriter(revision, SERVER).prompts(List.of(bare, prompt), k -> k).first());
    boolean later = revision != Revision.V2025_03_26;
    assertThat(result.at("/prompts/0"))
        .isEqualTo(
            json(
                "{'name':'p',"
                    + (later ? "'title':'Title'," : "")
                    + "'description':'does','arguments':[{'name':'a',"
                    + (later ? "'title':'A'," : "")
                    + "'description':'first','required':true},{'name':'b'}]}"));
    assertThat(result.at("/prompts/1")).isEqualTo(json("{'name':'q'}"));
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void contentsSayWhetherTheyMayBeKept(Revision revision) throws IOException {
    JsonNode result =
        json(writer
                .contents(
                    RequestId.of(1),
                    List.of(
                        new Content.Embedded("a:1", "text/plain", "x", null),
                        new Content.Embedded("a:2", null, null, "aGk=")),
                    revision)
                .toByteArray())
            .path("result");
    assertThat(result.path("contents"))
        .isEqualTo(
            json("[{'uri':'a:1','mimeType':'text/plain','text':'x'},{'uri':'a:2','blob':'aGk='}]"));
    assertThat(result.has("ttlMs")).isEqualTo(revision.modern());
    assertThat(result.path("cacheScope").asText()).isEqualTo(revision.modern() ? "private" : "");
    assertThat(result.path("resultType").asText()).isEqualTo(revision.modern() ? "complete" : "");
  }

  @ParameterizedTest
  @EnumSource(Revision.class)
  void messagesOfAPromptAreContent(Revision revision) throws IOException {
    JsonNode result =
        json(writer
                .prompt(
                    RequestId.of(1),
                    new PromptOutcome(
                        "why",
                        List.of(
                            new PromptOutcome.Message("user", new Content.Text("hi")),
                            new PromptOutcome.Message(
                                "assistant", new Content.Link("a:1", "one", null, null)))),
                    revision)
                .toByteArray())
            .path("result");
    assertThat(result.path("description").asText()).isEqualTo("why");
    assertThat(result.at("/messages/0"))
        .isEqualTo(json("{'role':'user','content':{'type':'text','text':'hi'}}"));
    assertThat(result.at("/messages/1/content/type").asText())
        .isEqualTo(revision == Revision.V2025_03_26 ? "text" : "resource_link");
    assertThat(result.has("ttlMs")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // values, total, hasMore → shown values, total, hasMore
    "0, , , 0, , ",
    "3, 3, , 3, 3, false",
    "3, 9, , 3, 9, true",
    "3, , true, 3, , true",
    "100, 100, , 100, 100, false",
    "101, 101, , 100, 101, true",
    "250, , , 100, 250, true",
    "250, 1000, false, 100, 1000, true",
    "250, 7, , 100, 250, true",
  })
  void atMostAHundredValuesAreProposed(
      int values, Integer total, Boolean hasMore, int shown, Integer shownTotal, Boolean shownMore)
      throws IOException {
    CompletionOutcome outcome =
        new CompletionOutcome(
            IntStream.range(0, values).mapToObj(i -> "v" + i).toList(), total, hasMore);
    assertThat(outcome.values()).hasSize(shown);
    assertThat(outcome.total()).isEqualTo(shownTotal);
    assertThat(outcome.hasMore()).isEqualTo(shownMore);
    JsonNode completion =
        json(writer.completion(RequestId.of(1), outcome, Revision.V2025_11_25).toByteArray())
            .at("/result/completion");
    assertThat(completion.path("values")).hasSize(shown);
    assertThat(completion.has("total")).isEqualTo(shownTotal != null);
    assertThat(completion.has("hasMore")).isEqualTo(shownMore != null);
  }

  @Test
  void pagesFollowFromOneAnotherAlsoWhereItemsCameOrWent() throws IOException {
    List<PromptDescriptor> prompts = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      prompts.add(new PromptDescriptor("p" + i, null, null, List.of()));
    }
    Collections.shuffle(prompts, new java.util.Random(1));
    ListingWriter writer = new ListingWriter(Revision.V2025_11_25, SERVER, 3);
    Listing listing = writer.prompts(prompts, key -> "after " + key);
    assertThat(names(listing.first())).isEqualTo("p0 p1 p2 after p2");
    assertThat(names(listing.after("p2"))).isEqualTo("p3 p4 p5 after p5");
    assertThat(names(listing.after("p5"))).isEqualTo("p6");
    assertThat(names(listing.after("p6"))).isEmpty();
    assertThat(names(listing.after("zzz"))).isEmpty();
    assertThat(names(listing.after(""))).isEqualTo("p0 p1 p2 after p2");
    prompts.removeIf(prompt -> prompt.name().equals("p2"));
    prompts.add(new PromptDescriptor("p1a", null, null, List.of()));
    assertThat(names(writer.prompts(prompts, key -> "after " + key).after("p2")))
        .isEqualTo("p3 p4 p5 after p5");
    assertThat(names(writer.prompts(List.of(), key -> key).first())).isEmpty();
  }

  @Test
  void listsAreTheSameIfTheyShowTheSame() {
    ListingWriter writer = new ListingWriter(Revision.V2026_07_28, SERVER);
    PromptDescriptor a = new PromptDescriptor("a", null, null, List.of());
    PromptDescriptor b = new PromptDescriptor("a", null, "other", List.of());
    Listing listing = writer.prompts(List.of(a), key -> key);
    assertThat(listing.sameAs(writer.prompts(List.of(a), key -> key))).isTrue();
    assertThat(listing.sameAs(writer.prompts(List.of(b), key -> key))).isFalse();
    assertThat(listing.sameAs(writer.prompts(List.of(), key -> key))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "000000 | {}",
        "100000 | {\"tools\":{},\"logging\":{}}",
        "010000 | {\"resources\":{},\"logging\":{}}",
        "010011 | {\"resources\":{\"subscribe\":true,\"listChanged\":true},\"logging\":{}}",
        "010010 | {\"resources\":{\"listChanged\":true},\"logging\":{}}",
        "101110 | {\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},\"completions\":{},\"logging\":{}}",
      })
  void capabilitiesAreWhatThereIs(String bits, String expected) {
    boolean[] has = new boolean[6];
    for (int i = 0; i < has.length; i++) {
      has[i] = bits.charAt(i) == '1';
    }
    assertThat(
            new Capabilities(has[0], has[1], has[2], has[3], has[4], has[5])
                .json(Revision.V2025_06_18))
        .isEqualTo(expected);
  }

  @Test
  void tasksAreACapabilityOfOneRevisionAndAnExtensionOfTheNext() {
    Capabilities tools = new Capabilities(true, false, false, false, false, false);
    assertThat(tools.json(Revision.V2025_11_25))
        .isEqualTo(
            "{\"tools\":{},\"logging\":{},\"tasks\":{\"list\":{},\"cancel\":{},"
                + "\"requests\":{\"tools\":{\"call\":{}}}}}");
    assertThat(tools.json(Revision.V2026_07_28))
        .isEqualTo(
            "{\"tools\":{},\"logging\":{},"
                + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}");
  }

  @Test
  void aLogMessageSaysLevelLoggerAndData() throws IOException {
    assertThat(json(MessageWriter.log(LogLevel.WARNING, "db", json("{'a':1}"), "").toByteArray()))
        .isEqualTo(
            json(
                "{'jsonrpc':'2.0','method':'notifications/message','params':"
                    + "{'level':'warning','logger':'db','data':{'a':1}}}"));
    assertThat(
            json(MessageWriter.log(LogLevel.INFO, "", json("'x'"), "").toByteArray())
                .path("params")
                .has("logger"))
        .isFalse();
  }

  private static String names(byte[] page) throws IOException {
    JsonNode result = json(page);
    List<String> names = new ArrayList<>();
    result.path("prompts").forEach(prompt -> names.add(prompt.path("name").asText()));
    if (result.has("nextCursor")) {
      names.add(result.path("nextCursor").asText());
    }
    return String.join(" ", names);
  }

  private static JsonNode json(byte[] text) throws IOException {
    return MAPPER.readTree(text);
  }

  private static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text.replace('\'', '"'));
  }
}
