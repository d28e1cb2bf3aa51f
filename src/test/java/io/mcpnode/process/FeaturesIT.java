package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts, completion and logging, each request sent to the next of three nodes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeaturesIT {

  private static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
          + "'io.modelcontextprotocol/clientCapabilities':{}}";

  private static ClusterProcesses cluster;
  private static NextNode client;

  @BeforeAll
  static void start() {
    cluster =
        ClusterProcesses.start(
            3, command -> command.set("plugins.dir", ConformanceTool.PLUGIN.toString()));
    client = new NextNode(cluster.uris());
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static NextNode.Answer ask(
      NextNode client, String session, String method, String params) {
    return client.post(
        "{'jsonrpc':'2.0','id':7,'method':'" + method + "','params':{" + params + "}}",
        "Mcp-Session-Id",
        session);
  }

  private static NextNode.Answer modern(String method, String name, String params) {
    return client.post(
        "{'jsonrpc':'2.0','id':7,'method':'" + method + "','params':{" + params + META + "}}",
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        method,
        "Mcp-Name",
        name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
  void aSessionIsServedByEveryNode(String revision) {
    String session = client.open(revision);
    for (int i = 0; i < 3; i++) {
      assertThat(ask(client, session, "resources/list", "").result().path("resources")).hasSize(3);
      assertThat(
              ask(client, session, "resources/read", "'uri':'test://template/7/data'")
                  .result()
                  .at("/contents/0/text")
                  .asText())
          .contains("Data for ID: 7");
      assertThat(ask(client, session, "resources/read", "'uri':'test://no'").code())
          .isEqualTo(-32002);
      assertThat(
              ask(client, session, "prompts/get", "'name':'test_simple_prompt'")
                  .result()
                  .at("/messages/0/content/text")
                  .asText())
          .isEqualTo("This is a simple prompt for testing.");
      assertThat(
              ask(
                      client,
                      session,
                      "completion/complete",
                      "'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments'},"
                          + "'argument':{'name':'arg1','value':'test'}")
                  .result()
                  .at("/completion/values"))
          .hasSize(2);
    }
  }

  @Test
  void withoutASessionEveryNodeAnswersTheSame() {
    String first = modern("resources/list", "", "").text();
    for (int i = 0; i < 3; i++) {
      assertThat(modern("resources/list", "", "").text()).isEqualTo(first);
      assertThat(
              modern("resources/read", "test://static-text", "'uri':'test://static-text',")
                  .result()
                  .at("/contents/0/mimeType")
                  .asText())
          .isEqualTo("text/plain");
      assertThat(
              modern("resources/read", "test://no", "'uri':'test://no',")
                  .body()
                  .at("/error/data/uri")
                  .asText())
          .isEqualTo("test://no");
    }
  }

  @Test
  void theLogLevelOfASessionOutlivesItsOwner() {
    NextNode onlyFirst = new NextNode(cluster.uris().subList(0, 1));
    String session = onlyFirst.open("2025-11-25");
    String call = "'name':'test_tool_with_logging','arguments':{}";
    assertThat(messages(ask(client, session, "tools/call", call))).isEqualTo(3);
    assertThat(ask(client, session, "logging/setLevel", "'level':'warning'").status())
        .isEqualTo(200);
    cluster.node(0).kill9();
    // The other tests go on with the nodes that are left.
    client = new NextNode(cluster.uris().subList(1, 3));
    Await.until(
        "the session is served again",
        Duration.ofSeconds(30),
        () -> ask(client, session, "ping", "").status() == 200);
    assertThat(messages(ask(client, session, "tools/call", call))).isZero();
    assertThat(ask(client, session, "logging/setLevel", "'level':'debug'").status()).isEqualTo(200);
    assertThat(messages(ask(client, session, "tools/call", call))).isEqualTo(3);
  }

  /** How many log messages came ahead of the answer. */
  private static int messages(NextNode.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).contains("Tool with logging executed successfully");
    return answer.text().split("notifications/message", -1).length - 1;
  }
}
