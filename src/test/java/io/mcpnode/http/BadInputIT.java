package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.AdminClient;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole table of wrong requests against the packaged node, alone and as one of three. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadInputIT {

  private static final int MAX_BODY = 256 * 1024;

  private static NodeCommand limited(NodeCommand command) {
    return command
        .set("http.maxBodyBytes", Integer.toString(MAX_BODY))
        .set("http.requestTimeout", "1s");
  }

  private abstract static class Whole extends WrongRequestsContract {

    @Override
    int maxBodyBytes() {
      return MAX_BODY;
    }

    @Override
    boolean speaksMcp() {
      return true;
    }

    private JsonNode get(String path) {
      AdminClient.Answer answer =
          new AdminClient(URI.create("http://127.0.0.1:" + port())).get(path);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      return answer.body();
    }

    /** The log tells nothing of it, as is found out at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/cluster/connect"})
    void whoGoesAwayWhileSendingDisturbsNobody(String path) throws Exception {
      try (RawClient client = new RawClient(port())) {
        client.send(
            "POST "
                + path
                + " HTTP/1.1\r\n"
                + WrongRequest.HOST
                + WrongRequest.JSON
                + WrongRequest.ACCEPT
                + "Content-Length: 100\r\n\r\n{");
      }
      assertThat(get("/health/ready").path("status").asText()).isEqualTo("ready");
    }

    @Override
    final void assertUntouched(String session) {
      assertThat(get("/cluster/sessions/" + session).path("epoch").asInt()).isOne();
    }

    final void assertNothingHasChanged() {
      assertThat(get("/cluster/thresholds"))
          .hasToString(
              "{\"failedPingThreshold\":3,\"processCountThreshold\":1000,"
                  + "\"partitionThreshold\":3}");
      JsonNode nodes = get("/cluster/status").path("nodes");
      assertThat(nodes).isNotEmpty();
      nodes.forEach(node -> assertThat(node.path("state").asText()).isEqualTo("serving"));
    }
  }

  @Nested
  class Alone extends Whole {

    private NodeProcess node;

    @BeforeAll
    void start() {
      node = limited(NodeCommand.node("alone")).start().awaitReady();
    }

    @AfterAll
    void stop() {
      assertNothingHasChanged();
      assertThat(node.log()).noneMatch(line -> line.contains("ERROR"));
      node.close();
    }

    @Test
    void aNodeThatIsNotClusteredConnectsToNobody() {
      AdminClient.Answer answer =
          new AdminClient(node.uri()).post("/cluster/connect", "{\"nodes\":[\"127.0.0.1:1\"]}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("this node is not clustered (start it with -cluster)");
    }

    @Override
    int port() {
      return node.uri().getPort();
    }
  }

  /** Every session is opened at one node; every wrong request goes to another. */
  @Nested
  class OneOfThree extends Whole {

    private ClusterProcesses cluster;

    @BeforeAll
    void start() {
      cluster = ClusterProcesses.start(3, BadInputIT::limited);
    }

    @AfterAll
    void stop() {
      assertNothingHasChanged();
      for (int i = 0; i < cluster.size(); i++) {
        assertThat(cluster.node(i).log()).noneMatch(line -> line.contains("ERROR"));
      }
      cluster.close();
    }

    @Override
    int sessionPort() {
      return cluster.uris().get(0).getPort();
    }

    @Override
    int port() {
      return cluster.uris().get(1).getPort();
    }

    @Test
    void theSessionsOfTheTableAreOwnedByAnotherNode() throws Exception {
      String session = openSession();
      assertThat(cluster.admin(1).get("/cluster/sessions/" + session).body().path("owner").asText())
          .isEqualTo(cluster.name(0));
    }
  }
}
