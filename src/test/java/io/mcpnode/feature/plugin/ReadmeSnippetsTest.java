package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.ToolUse;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.Features;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows to authors compiles, loads and does what the text says. */
class ReadmeSnippetsTest {

  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);

  @TempDir static Path plugins;

  private static Features features;

  @BeforeAll
  static void load() throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    List<String> names = new ArrayList<>();
    while (block.find()) {
      String text = block.group(1);
      Matcher named = CLASS.matcher(text);
      // What is no class is the inside of one.
      String name = named.find() ? named.group(1) : "Snippet" + names.size();
      String source =
          named.reset().find()
              ? text
              : "import io.mcpnode.api.*;\nimport java.util.*;\npublic class "
                  + name
                  + " {\n"
                  + text
                  + "}\n";
      names.add(name);
      new PluginJar().source(name, source).pack(plugins.resolve(name + ".jar"));
    }
    assertThat(names).contains("Greeter", "Library", "Reports", "Weather", "Shop");
    features = new Features(plugins, false, new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    features.close();
  }

  @Test
  void theGreeterCounts() {
    FakeContext context = FakeContext.session();
    call(features.tool("greet"), "{'name':'you'}", context);
    assertThat(text(call(features.tool("greet"), "{'name':'you'}", context)))
        .isEqualTo("Hello you, greeting number 2");
  }

  @Test
  void theForecastHasAnIconAndMetadata() {
    var extras = features.tool("forecast").descriptor().extras();
    assertThat(extras.icons())
        .extracting(icon -> icon.src())
        .containsExactly("https://example.com/rain.svg");
    assertThat(String.valueOf(extras.meta())).isEqualTo("{\"com.example/source\":\"radar\"}");
    ToolOutcome outcome = call(features.tool("forecast"), "{'city':'Oslo'}");
    assertThat(text(outcome)).isEqualTo("Rain in Oslo");
    assertThat(outcome.content().get(0).extras().hints().audience()).containsExactly("user");
    assertThat(String.valueOf(outcome.meta())).isEqualTo("{\"com.example/minutesOld\":5}");
  }

  @Test
  void aFileIsDeletedIfTheUserAgrees() {
    FakeContext context = FakeContext.session();
    context.answers.put(
        "confirm", new ElicitResponse(ElicitResponse.Action.ACCEPT, Map.of("sure", true)));
    assertThat(text(call(features.tool("delete"), "{'file':'a'}", context))).isEqualTo("Deleted");
    context.answers.put("confirm", new ElicitResponse(ElicitResponse.Action.DECLINE, Map.of()));
    assertThat(text(call(features.tool("delete"), "{'file':'a'}", context)))
        .isEqualTo("Nothing was deleted");
  }

  @Test
  void theModelUsesATool() {
    FakeContext context = FakeContext.session();
    context.answers.put(
        "turn 0",
        new SampleResponse(
            List.of(new ToolUse("1", "weather", Map.of("city", "Oslo"))), "m", Optional.empty()));
    context.answers.put(
        "turn 1", new SampleResponse(List.of(TextContent.of("Stay here")), "m", Optional.empty()));
    assertThat(text(call(features.tool("plan"), "{}", context))).isEqualTo("Stay here");
    assertThat(context.sampled.get(1).messages().get(2).content().get(0))
        .isEqualTo(new ToolUse("1", "weather", Map.of()).result("Rain in Oslo"));
  }

  @Test
  void theUserIsSentToAPageAndTheClientHearsWhenItIsDone() {
    FakeContext context = FakeContext.session();
    context.answers.put("page", new ElicitResponse(ElicitResponse.Action.ACCEPT, Map.of()));
    assertThat(text(call(features.tool("pay"), "{'order':'7'}", context)))
        .isEqualTo("The page is open");
  }

  @Test
  void directoriesAreSearchedWhileSomebodyWaits() {
    FakeContext context = FakeContext.session();
    context.answers.put("roots", List.of(new Root("file:///a", Optional.empty())));
    assertThat(call(features.tool("search"), "{'word':'x'}", context).error()).isTrue();
    context.answers.put("ping", "");
    assertThat(text(call(features.tool("search"), "{'word':'x'}", context)))
        .isEqualTo("file:///a: no x");
  }

  @Test
  void aCartIsAHandleWithoutASession() {
    var put = features.tool("put");
    assertThat(put.handleArgument()).isEqualTo("cart");
    assertThat(put.descriptor().inputSchema().at("/properties/shop/x-mcp-header").asText())
        .isEqualTo("Shop");
    String arguments = "{'item':'tea','shop':'x'}";
    assertThat(text(call(put, arguments, FakeContext.handle()))).isEqualTo("1 in the cart h-1");
    assertThat(text(call(put, arguments, FakeContext.session()))).isEqualTo("1 in the cart");
  }

  @Test
  void aBookIsPrintedIfTheUserAgrees() {
    FakeContext context = FakeContext.session();
    assertThat(features.tool("print").descriptor().taskOnDemand()).isTrue();
    context.answers.put("sure", new ElicitResponse(ElicitResponse.Action.ACCEPT, Map.of()));
    assertThat(text(call(features.tool("print"), "{'title':'Emma'}", context)))
        .isEqualTo("Emma is printed");
    context.answers.put("sure", new ElicitResponse(ElicitResponse.Action.CANCEL, Map.of()));
    assertThat(text(call(features.tool("print"), "{'title':'Emma'}", context)))
        .isEqualTo("Not printed");
  }

  @Test
  void aFilmIsRendered() {
    FakeContext context = FakeContext.session();
    assertThat(features.tool("render").descriptor().taskSupport()).isEqualTo(TaskSupport.OPTIONAL);
    assertThat(text(call(features.tool("render"), "{'title':'Emma'}", context)))
        .isEqualTo("Emma.mp4");
    assertThat(context.reported).hasSize(100);
  }

  @Test
  void theLibraryIsRead() throws Exception {
    FakeContext context = FakeContext.session();
    assertThat(
            features
                .current()
                .resources()
                .get(0)
                .read(context)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .extracting(each -> each.uri() + " " + each.mimeType() + " " + each.text())
        .containsExactly("library://index application/json [\"emma\"]");
    var template = features.current().templates().get(0);
    assertThat(
            template
                .read("library://books/emma", Map.of("title", "emma"), context)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .extracting(each -> each.text())
        .containsExactly("Emma Woodhouse, handsome, clever, and rich");
    assertThat(context.logged).containsExactly("INFO library Somebody reads emma");
    assertThat(
            template
                .read("library://books/x", Map.of("title", "x"), context)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .isEmpty();
    assertThat(features.current().prompts())
        .extracting(prompt -> prompt.descriptor().name())
        .containsExactly("summarize");
    assertThat(
            features
                .current()
                .completions()
                .values()
                .iterator()
                .next()
                .complete("e", Map.of(), context)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .values())
        .containsExactly("emma");
  }

  @Test
  void reportsComeWhenTheDatabaseIsOpen() {
    List<String> heard = new ArrayList<>();
    features.listen(
        new FeatureRegistry.Listener() {
          @Override
          public void changed() {
            heard.add("changed");
          }

          @Override
          public void resourceUpdated(String uri) {
            heard.add(uri);
          }

          @Override
          public void elicitationComplete(String session, String elicitation) {
            heard.add(session + " " + elicitation);
          }
        });
    assertThat(features.changeable()).isTrue();
    assertThat(features.tool("sales")).isNull();
    call(features.tool("open"), "{}");
    assertThat(heard).containsExactly("changed");
    assertThat(text(call(features.tool("sales"), "{}"))).isEqualTo("42");
    assertThat(call(features.tool("open"), "{}"))
        .satisfies(
            outcome -> {
              assertThat(outcome.error()).isTrue();
              assertThat(text(outcome)).contains("there already: tool sales");
            });
    assertThat(heard).containsExactly("changed");
  }
}
