package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
      assertThat(node.log()).noneMatch(line -> line.contains("ERROR"));
      node.close();
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
