package io.mcpnode.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official client reads streams and answers questions while nodes are killed or sessions move.
 */
class StreamsIT {

  private static ClusterProcesses cluster;

  @BeforeAll
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  static void start() throws IOException, InterruptedException {
    Scripts.install();
    String plugins = Path.of("target/conformance-plugin").toAbsolutePath().toString();
    cluster = ClusterProcesses.start(3, command -> command.set("plugins.dir", plugins));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The next client finds three nodes again. */
  @AfterEach
  void restart() {
    for (int i = 0; i < cluster.size(); i++) {
      if (!cluster.node(i).isAlive()) {
        cluster.restart(i);
      }
    }
    cluster.awaitReplicasComplete();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"answered-elsewhere", "cut-off-twice", "long-calls", "owner-of-news-killed"})
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void theClientGetsEveryEventOnceAndAnHonestEnd(String scenario)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "streams.mjs", scenario));
    command.add(
        IntStream.range(0, cluster.size())
            .mapToObj(i -> Long.toString(cluster.node(i).pid()))
            .collect(Collectors.joining(",")));
    cluster.uris().stream().map(URI::toString).forEach(command::add);
    Scripts.run(command);
  }
}
