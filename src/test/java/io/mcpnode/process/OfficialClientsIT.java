package io.mcpnode.process;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of the official TypeScript SDKs, each request sent to the next of three nodes. */
class OfficialClientsIT {

  private static ClusterProcesses cluster;

  @BeforeAll
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  static void start() throws IOException, InterruptedException {
    Scripts.install();
    cluster = ClusterProcesses.start(3);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1-http.mjs", "v1-websocket.mjs", "v2.mjs"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void anOfficialClientWorksThroughAllNodes(String script)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", script));
    cluster.uris().stream().map(URI::toString).forEach(command::add);
    Scripts.run(command);
  }
}
