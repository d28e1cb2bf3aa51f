package io.mcpnode.process;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard of three nodes in headless Chromium; {@code dashboard.mjs} has the checks. */
class DashboardIT {

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void showsAndDoesWhatItSays() throws IOException, InterruptedException {
    Scripts.install();
    try (ClusterProcesses cluster = ClusterProcesses.start(3)) {
      List<String> command = new ArrayList<>(List.of("node", "dashboard.mjs"));
      cluster.uris().stream().map(URI::toString).forEach(command::add);
      Scripts.run(command);
    }
  }
}
