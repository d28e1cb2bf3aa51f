package io.mcpnode.feature.plugin;

import static io.mcpnode.feature.Calls.call;
import static io.mcpnode.feature.Calls.json;
import static io.mcpnode.feature.Calls.structured;
import static io.mcpnode.feature.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.Features;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin that newcomers copy, as they would build it. */
class ExamplePluginTest {

  @TempDir static Path plugins;

  private static Features features;

  @BeforeAll
  static void load() throws Exception {
    new PluginJar()
        .sources(Path.of("examples/weather-plugin/src/main/java"))
        .pack(plugins.resolve("weather-plugin.jar"));
    features = new Features(plugins, false, new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    features.close();
  }

  @Test
  void itsToolsAreThere() {
    assertThat(features.tools().stream().map(tool -> tool.descriptor().name()))
        .containsExactly("forecast", "remember", "status");
  }

  @Test
  void theSchemaFollowsFromTheParameters() {
    assertThat(features.tool("forecast").descriptor().inputSchema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'city':{'type':'string','description':'Name of the"
                    + " city'},'day':{'type':'string','format':'date','description':'The day, such"
                    + " as 2026-01-31'},'unit':{'type':'string','enum':['CELSIUS','FAHRENHEIT'],"
                    + "'description':'Of the temperature','default':'CELSIUS'}},"
                    + "'required':['city','day'],'additionalProperties':false}"));
    assertThat(features.tool("forecast").descriptor().outputSchema())
        .isEqualTo(
            json(
                "{'type':'object','properties':{'city':{'type':'string'},'day':{'type':'string',"
                    + "'format':'date'},'temperature':{'type':'number'},'unit':{'type':'string',"
                    + "'enum':['CELSIUS','FAHRENHEIT']}},'required':['temperature']}"));
  }

  @Test
  void aRecordIsStructuredContent() {
    ToolOutcome outcome = call(features.tool("forecast"), "{'city': 'Rome', 'day': '2026-01-31'}");
    assertThat(outcome.error()).isFalse();
    assertThat(structured(outcome).get("day").textValue()).isEqualTo("2026-01-31");
    assertThat(structured(outcome).get("unit").textValue()).isEqualTo("CELSIUS");
    assertThat(json(text(outcome))).isEqualTo(structured(outcome));
  }

  @Test
  void allFaultsInTheArgumentsAreNamed() {
    ToolOutcome outcome =
        call(features.tool("forecast"), "{'day': 'tomorrow', 'unit': 'K', 'sity': 'Rome'}");
    assertThat(outcome.error()).isTrue();
    assertThat(text(outcome).lines())
        .containsExactly(
            "arguments.city: missing (expected: string)",
            "arguments.day: \"tomorrow\" (expected: date such as \"2026-01-31\")",
            "arguments.unit: \"K\" (expected: one of CELSIUS, FAHRENHEIT)",
            "arguments.sity: unknown (expected: city, day, unit); did you mean \"city\"?");
  }

  @Test
  void stateIsKeptBetweenCalls() {
    FakeContext context = FakeContext.session();
    call(features.tool("remember"), "{'city': 'Rome'}", context);
    assertThat(call(features.tool("remember"), "{'city': 'Oslo'}", context).content())
        .containsExactly(new Content.Text("Rome"), new Content.Text("Oslo"));
  }

  @Test
  void aFutureIsAwaited() {
    assertThat(text(call(features.tool("status"), "{}"))).isEqualTo("up");
  }
}
