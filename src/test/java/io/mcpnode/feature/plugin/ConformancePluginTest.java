package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.json;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Features;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the official conformance tool expects of its fixtures. */
class ConformancePluginTest {

  @TempDir static Path plugins;

  private static Features features;

  @BeforeAll
  static void load() throws Exception {
    new PluginJar()
        .sources(Path.of("src/conformance/java"))
        .pack(plugins.resolve("mcp-node-conformance.jar"));
    features = new Features(plugins, false, new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    features.close();
  }

  @Test
  void textImageSoundAndResource() {
    assertThat(text(call(features.tool("test_simple_text"), "{}")))
        .isEqualTo("This is a simple text response for testing.");
    assertThat(call(features.tool("test_image_content"), "{}").content())
        .satisfiesExactly(
            block -> assertThat(((Content.Image) block).mimeType()).isEqualTo("image/png"));
    assertThat(call(features.tool("test_audio_content"), "{}").content())
        .satisfiesExactly(
            block -> assertThat(((Content.Audio) block).mimeType()).isEqualTo("audio/wav"));
    assertThat(call(features.tool("test_embedded_resource"), "{}").content())
        .containsExactly(
            new Content.Embedded(
                "test://embedded-resource",
                "text/plain",
                "This is an embedded resource content.",
                null));
    assertThat(call(features.tool("test_multiple_content_types"), "{}").content())
        .satisfiesExactly(
            block -> assertThat(block).isInstanceOf(Content.Text.class),
            block -> assertThat(block).isInstanceOf(Content.Image.class),
            block ->
                assertThat(block)
                    .isEqualTo(
                        new Content.Embedded(
                            "test://mixed-content-resource",
                            "application/json",
                            "{\"test\":\"data\",\"value\":123}",
                            null)));
  }

  @Test
  void theErrorIsAResult() {
    assertThat(call(features.tool("test_error_handling"), "{}"))
        .isEqualTo(ToolOutcome.failed("This tool intentionally returns an error for testing"));
  }

  @Test
  void progressComesBeforeTheResult() {
    FakeContext context = FakeContext.session();
    call(features.tool("test_tool_with_progress"), "{}", context);
    assertThat(context.reported).containsExactly(0.0, 50.0, 100.0);
  }

  @Test
  void threeMessagesAreLogged() {
    FakeContext context = FakeContext.session();
    call(features.tool("test_tool_with_logging"), "{}", context);
    assertThat(context.logged)
        .containsExactly(
            "INFO conformance Tool execution started",
            "INFO conformance Tool processing data",
            "INFO conformance Tool execution completed");
  }

  @Test
  void theTriggersChangeTheLists() {
    AtomicInteger changes = new AtomicInteger();
    features.listen(
        new FeatureRegistry.Listener() {
          @Override
          public void changed() {
            changes.incrementAndGet();
          }

          @Override
          public void resourceUpdated(String uri) {}

          @Override
          public void elicitationComplete(String session, String elicitation) {}
        });
    FeatureSet before = features.current();
    call(features.tool("test_trigger_tool_change"), "{}");
    call(features.tool("test_trigger_prompt_change"), "{}");
    assertThat(changes).hasValue(4);
    assertThat(features.current()).isEqualTo(before);
    assertThat(features.changeable()).isTrue();
  }

  @Test
  void theSchemaByHandIsShownToTheLetter() {
    assertThat(features.tool("json_schema_2020_12_tool").descriptor().inputSchema())
        .isEqualTo(
            json(
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object','$defs':{"
                    + "'address':{'$anchor':'addressDef','type':'object','properties':{'street':{"
                    + "'type':'string'},'city':{'type':'string'}}}},'properties':{'name':{'type':"
                    + "'string'},'address':{'$ref':'#/$defs/address'},'contactMethod':{'type':"
                    + "'string','enum':['phone','email']},'phone':{'type':'string'},'email':{'type':"
                    + "'string'}},'allOf':[{'anyOf':[{'required':['phone']},{'required':['email']}]}"
                    + "],'if':{'properties':{'contactMethod':{'const':'phone'}},'required':["
                    + "'contactMethod']},'then':{'required':['phone']},'else':{'required':['email']}"
                    + ",'additionalProperties':false}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'A','phone':'1','contactMethod':'phone'} | ",
        "{'name':'A','email':'a@b'} | ",
        "{'name':'A','contactMethod':'phone','email':'a@b'} | phone",
        "{'name':'A'} | email",
        "{'name':1,'email':'a@b'} | arguments.name",
        "{'email':'a@b','extra':1} | extra",
        "{'email':'a@b','address':{'city':1}} | arguments.address.city",
      })
  void theSchemaByHandIsChecked(String arguments, String named) {
    ToolOutcome outcome = call(features.tool("json_schema_2020_12_tool"), arguments);
    assertThat(outcome.error()).as(text(outcome)).isEqualTo(named != null);
    if (named != null) {
      assertThat(text(outcome)).contains(named);
    }
  }

  @Test
  void theHeaderIsMarkedInTheSchema() {
    assertThat(features.tool("test_x_mcp_header").descriptor().inputSchema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'region':{'type':'string','x-mcp-header':'Region'},"
                    + "'level':{'type':'integer'}},'additionalProperties':false}"));
    assertThat(text(call(features.tool("test_x_mcp_header"), "{'region':'eu'}")))
        .isEqualTo("region eu, level null");
  }
}
