package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The process around a fake node: signals, exit codes, what it prints where. */
@EnabledOnOs(OS.LINUX)
class ProcessEndTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path dir;
  private Path out;
  private Path err;

  @BeforeEach
  void files() {
    out = dir.resolve("out");
    err = dir.resolve("err");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalDrainsAndEndsWithZero(String signal) throws Exception {
    Process process = start("serves", Map.of());
    awaitText(out, "mcp-node n1 ready http://127.0.0.1:1/mcp\n");

    send(signal, process);

    assertThat(endOf(process)).isZero();
    assertThat(err).hasContent("drained");
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Process process = start("drains-forever", Map.of());
    awaitText(out, "ready");
    send("TERM", process);
    awaitText(err, "draining");

    send("TERM", process);

    assertThat(endOf(process)).isEqualTo(128 + 15);
  }

  @Test
  void aBugIsOneLineAndAStackTraceInTheLog() throws Exception {
    Process process = start("breaks", Map.of());

    assertThat(endOf(process)).isEqualTo(70);
    assertThat(Files.readString(err))
        .contains(" ERROR - [main] io.mcpnode.Main - A bug ended the node\n", "\tat io.mcpnode.")
        .endsWith("mcp-node: internal error: java.lang.IllegalStateException: broken\n");
    assertThat(out).isEmptyFile();
  }

  @Test
  void anUncaughtExceptionOfAThreadIsLoggedAndTheNodeGoesOn() throws Exception {
    Process process = start("thread-breaks", Map.of());
    awaitText(err, "Uncaught in worker");
    awaitText(out, "ready");

    send("TERM", process);

    assertThat(endOf(process)).isZero();
  }

  @Test
  void aBrokenJvmEndsTheProcess() throws Exception {
    assertThat(endOf(start("memory-ends", Map.of()))).isEqualTo(70);
    assertThat(err).content().contains("mcp-node: internal error: java.lang.OutOfMemoryError");
  }

  @Test
  void theLogIsOneLineAnEventInUtcAtTheWantedLevel() throws Exception {
    Map<String, String> debug =
        Map.of("MCP_NODE_LOG_LEVEL", "DEBUG", "MCP_NODE_NODE_NAME", "n7", "TZ", "Asia/Tokyo");
    assertThat(endOf(start("logs", debug))).isEqualTo(69);
    assertThat(Files.readAllLines(err))
        .hasSize(2)
        .first()
        .asString()
        .matches(".{10}T.{12}Z DEBUG n7 \\[main] io\\.mcpnode\\.ProcessEndTest - one \\| two")
        .startsWith(java.time.Clock.systemUTC().instant().toString().substring(0, 10));
    assertThat(out).isEmptyFile();

    assertThat(endOf(start("logs", Map.of()))).isEqualTo(69);
    assertThat(err).hasContent("mcp-node: asked to end");
  }

  /** The child's main class. */
  static final class Child {
    public static void main(String[] args) {
      Main.runProcess(new String[0], (config, stop) -> launch(args[0]));
    }

    private static RunningNode launch(String what) throws StartException {
      switch (what) {
        case "breaks" -> throw new IllegalStateException("broken");
        case "logs" -> {
          LoggerFactory.getLogger(ProcessEndTest.class).debug("one\ntwo");
          throw new StartException(ExitCode.UNAVAILABLE, "asked to end");
        }
        case "thread-breaks" -> thread(new IllegalStateException("broken"));
        case "memory-ends" -> thread(new OutOfMemoryError("none left"));
        default -> {}
      }
      return new FakeNode(what.equals("drains-forever"));
    }

    private static void thread(Throwable end) {
      new Thread(
              () -> {
                if (end instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) end;
              },
              "worker")
          .start();
    }
  }

  private record FakeNode(boolean forever) implements RunningNode {
    @Override
    public String name() {
      return "n1";
    }

    @Override
    public String url() {
      return "http://127.0.0.1:1/mcp";
    }

    @Override
    public NodeConfig config() {
      throw new IllegalStateException("it is never lost");
    }

    @Override
    public void stop() {
      System.err.println(forever ? "draining" : "drained");
      if (forever) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private Process start(String what, Map<String, String> environment) throws IOException {
    // A shell starts what it puts into the background with SIGINT ignored, and a JVM inherits that.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), what));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MCP_NODE_"));
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static int endOf(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitText(Path file, String text) {
    await().atMost(LIMIT).until(() -> Files.readString(file).contains(text));
  }
}
