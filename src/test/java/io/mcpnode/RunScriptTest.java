package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** run.sh with a JDK that only says what it was asked for. */
@EnabledOnOs(OS.LINUX)
class RunScriptTest {

  private static final String FAKE_JAVA =
      """
      #!/usr/bin/env bash
      echo "node ${MCP_NODE_NODE_NAME:-} $MCP_NODE_HTTP_PORT $MCP_NODE_CLUSTER_PORT \
      $MCP_NODE_CLUSTER_NODES $*"
      trap 'echo "${MCP_NODE_NODE_NAME} left"; exit 0' TERM
      [[ -n ${FAIL_WITH:-} ]] && exit "$FAIL_WITH"
      while :; do sleep 0.05 & wait $!; done
      """;

  @TempDir Path dir;
  private Path out;
  private Path err;

  @BeforeEach
  void copyTheScriptAndFakeAJdk() throws IOException {
    Files.copy(Path.of("run.sh"), dir.resolve("run.sh"));
    executable("jdk/bin/java", FAKE_JAVA);
    executable("jdk/bin/javac", "#!/bin/sh\nexit 1\n");
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"999.0.1\"\n");
    Files.createDirectories(dir.resolve("target"));
    Files.writeString(dir.resolve("target/mcp-node.jar"), "");
    out = dir.resolve("out");
    err = dir.resolve("err");
  }

  @Test
  void itsSyntaxIsRight() throws Exception {
    for (String script : List.of("run.sh", ".ci/run")) {
      Process check = new ProcessBuilder("bash", "-n", script).redirectErrorStream(true).start();
      assertThat(new String(check.getInputStream().readAllBytes())).isEmpty();
      assertThat(check.waitFor()).isZero();
      assertThat(Path.of(script)).isExecutable();
    }
  }

  @Test
  void helpIsPrinted() throws Exception {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out).content().startsWith("usage: ./run.sh ").contains("cluster [N]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "--cluster", "cluster 0", "cluster 17", "cluster x"})
  void whatIsUnknownEndsWith64(String args) throws Exception {
    assertThat(run(Map.of(), args.split(" "))).isEqualTo(64);
    assertThat(err).content().contains("(expected: ");
  }

  @Test
  void theNewestJdkRunsTheJarAndItsExitCodeStays() throws Exception {
    assertThat(run(Map.of("FAIL_WITH", "69", "JAVA_OPTS", "-Xmx1g -Da=b"))).isEqualTo(69);
    assertThat(out)
        .content()
        .contains("-Xmx1g -Da=b -jar " + dir.resolve("target/mcp-node.jar") + "\n");
  }

  @Test
  void aClusterRunsUntilTheSignalAndEveryNodeLeaves() throws Exception {
    Process cluster = start(Map.of(), "cluster", "2");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(out).lines().filter(l -> l.startsWith("node ")).count() == 2);

    cluster.destroy();

    assertThat(cluster.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(cluster.exitValue()).isZero();
    String seeds = "127.0.0.1:5701,127.0.0.1:5702";
    assertThat(Files.readString(out))
        .contains("node n1 8081 5701 " + seeds, "node n2 8082 5702 " + seeds, "-cluster\n")
        .contains("n1 left", "n2 left");
    assertThat(err).content().contains("http://127.0.0.1:8081/mcp", "http://127.0.0.1:8082/mcp");
  }

  @Test
  void nodesThatEndByThemselvesAreNamed() throws Exception {
    assertThat(run(Map.of("FAIL_WITH", "69"), "cluster", "2")).isEqualTo(69);
    assertThat(err).content().contains("n1 ended with exit code 69", "n2 ended with exit code 69");
  }

  private int run(Map<String, String> environment, String... args) throws Exception {
    Process process = start(environment, args);
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", dir.resolve("run.sh").toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private void executable(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
