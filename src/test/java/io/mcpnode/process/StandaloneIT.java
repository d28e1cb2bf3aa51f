package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One node alone, and the command line. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StandaloneIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static List<String> allOutput(NodeProcess process) {
    return Stream.concat(process.output().stream(), process.log().stream()).toList();
  }

  @Test
  void withoutClusterNoPortButHttpIsOpened() {
    Vertx vertx = Vertx.vertx();
    try (NodeProcess node = NodeCommand.node("alone").start().awaitReady();
        McpClient client = new McpClient(vertx, List.of(node.uri()), 4)) {
      McpReply reply =
          client
              .open()
              .compose(
                  opened ->
                      client.call(
                          opened.session(), "echo", new JsonObject().put("message", "hello")))
              .await();
      assertThat(reply.isResult()).as(reply.toString()).isTrue();
      assertThat(Sockets.listening(node.pid())).containsExactly(node.uri().getPort());
      assertThat(Sockets.datagram(node.pid())).isEmpty();
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void theReadyLineNamesTheNodeAndItsUrlAndIsAllOfStandardOutput() {
    try (NodeProcess node = NodeCommand.node("alone").start().awaitReady()) {
      assertThat(node.output())
          .singleElement()
          .asString()
          .isEqualTo("mcp-node alone ready " + node.uri());
      assertThat(node.uri().getPath()).isEqualTo("/mcp");
      assertThat(new AdminClient(node.uri()).get("/health/live").status()).isEqualTo(200);
      assertThat(new AdminClient(node.uri()).get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void aNodeThatIsAskedToStopEndsWith0() {
    try (NodeProcess node = NodeCommand.node("alone").start().awaitReady()) {
      node.terminate();
      assertThat(node.exitCode(LIMIT)).isZero();
    }
  }

  @Test
  void helpTellsTheFlags() {
    try (NodeProcess node = NodeCommand.node("help").argument("--help").start()) {
      assertThat(node.exitCode(LIMIT)).isZero();
      assertThat(String.join("\n", node.output())).contains("-cluster", "-conf", "--print-config");
    }
  }

  @Test
  void versionIsOneLine() {
    try (NodeProcess node = NodeCommand.node("version").argument("--version").start()) {
      assertThat(node.exitCode(LIMIT)).isZero();
      assertThat(node.output()).singleElement().asString().containsPattern("\\d+\\.\\d+\\.\\d+");
    }
  }

  @Test
  void printConfigShowsWhatCountsAndMasksSecrets() {
    try (NodeProcess node =
        NodeCommand.node("printed")
            .set("cluster.cookie", "hunter2")
            .set("admin.token", "swordfish")
            .set("sessions.idleTimeout", "7m")
            .argument("--print-config")
            .start()) {
      assertThat(node.exitCode(LIMIT)).isZero();
      assertThat(String.join("\n", node.output()))
          .contains("printed", "cookie", "replicationFactor", "idleTimeout");
      assertThat(allOutput(node))
          .noneMatch(line -> line.contains("hunter2") || line.contains("swordfish"));
    }
  }

  @Test
  void anUnknownFlagIsABadCommandLine() {
    try (NodeProcess node = NodeCommand.node("flag").argument("--no-such-flag").start()) {
      assertThat(node.exitCode(LIMIT)).isEqualTo(64);
      assertThat(node.log()).anyMatch(line -> line.contains("--no-such-flag"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http.port, eighty, http.port",
    "http.port, 70000, http.port",
    "http.allowedOrigins, https://a.example:99999, http.allowedOrigins",
    "sessions.idleTimeout, soon, sessions.idleTimeout",
    "cluster.replicationFactor, 0, cluster.replicationFactor",
    "tracing.sampleRatio, 2, tracing.sampleRatio",
    "cluster.splitBrainStrategy, best, cluster.splitBrainStrategy"
  })
  void aBadSettingIsNamedWithWhatWasFound(String key, String value, String named) {
    try (NodeProcess node = NodeCommand.node("wrong").set(key, value).start()) {
      assertThat(node.exitCode(LIMIT)).isEqualTo(78);
      assertThat(node.saidReady()).isFalse();
      assertThat(node.log()).anyMatch(line -> line.contains(named) && line.contains(value));
    }
  }

  @Test
  void eachUnknownKeyOfAFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("conf.yaml");
    Files.writeString(file, "http:\n  prot: 1\nnose: {}\n");
    try (NodeProcess node = NodeCommand.node("wrong").argument("-conf", file.toString()).start()) {
      assertThat(node.exitCode(LIMIT)).isEqualTo(78);
      assertThat(node.log()).anyMatch(line -> line.contains("http.prot"));
      assertThat(node.log()).anyMatch(line -> line.contains("nose"));
    }
  }

  @Test
  void aFileAndTheEnvironmentAreReadAndTheEnvironmentWins(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("conf.yaml");
    Files.writeString(file, "node:\n  name: from-file\nhttp:\n  port: 1\n  path: /other\n");
    try (NodeProcess node =
        NodeCommand.node("x")
            .unset("node.name")
            .argument("-conf", file.toString())
            .start()
            .awaitReady()) {
      assertThat(node.output()).anyMatch(line -> line.startsWith("mcp-node from-file ready "));
      assertThat(node.uri().getPath()).isEqualTo("/other");
    }
  }

  @Test
  void aTakenPortIsNamedAndEndsTheNodeWith69() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        NodeProcess node =
            NodeCommand.node("late")
                .set("http.port", Integer.toString(taken.getLocalPort()))
                .start()) {
      assertThat(node.exitCode(LIMIT)).isEqualTo(69);
      assertThat(node.log())
          .anyMatch(line -> line.contains(Integer.toString(taken.getLocalPort())));
      assertThat(node.log()).noneMatch(line -> line.startsWith("\tat "));
    }
  }
}
