package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeNode node = new FakeNode();
  private Map<String, String> environment = Map.of();
  private NodeLauncher launcher =
      (config, stop) -> {
        node.config.complete(config);
        return node;
      };

  @Test
  void aNodeServesUntilItIsStoppedAndEndsWithZero() {
    Main main = main();
    CompletableFuture<ExitCode> code =
        CompletableFuture.supplyAsync(() -> main.run(List.of("-cluster")));
    await().until(() -> !text(out).isEmpty());
    assertThat(text(out)).isEqualTo("mcp-node n1 ready http://127.0.0.1:4711/mcp\n");
    assertThat(node.config.join().cluster().enabled()).isTrue();
    assertThat(node.stops).isZero();
    assertThat(code).isNotDone();

    main.stop();

    assertThat(code.join()).isEqualTo(ExitCode.OK);
    assertThat(node.stops).isEqualTo(1);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void aNodeThatCanNotGoOnEndsTheProcessWithItsReason() {
    node.failure.complete(new StartException(ExitCode.UNAVAILABLE, "removed 3 times in 2m"));

    assertThat(main().run(List.of())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(text(err)).isEqualTo("mcp-node: removed 3 times in 2m\n");
    assertThat(node.stops).isEqualTo(1);
  }

  @Test
  void aNodeThatLostItsClusterIsStoppedAndStartedAnewWithItsPort() {
    FakeNode again = new FakeNode();
    Iterator<FakeNode> nodes = List.of(node, again).iterator();
    launcher =
        (config, stop) -> {
          FakeNode next = nodes.next();
          next.config.complete(config);
          return next;
        };
    Main main = main();
    node.loss.complete("no cluster");
    CompletableFuture<ExitCode> code =
        CompletableFuture.supplyAsync(() -> main.run(List.of("-cluster")));
    await().until(() -> text(out).lines().count() == 2);
    assertThat(text(err)).isEqualTo("mcp-node: no cluster; the node starts anew\n");
    assertThat(node.stops).isEqualTo(1);
    assertThat(again.config.join()).isSameAs(node.config.join());

    main.stop();

    assertThat(code.join()).isEqualTo(ExitCode.OK);
    assertThat(again.stops).isEqualTo(1);
  }

  @Test
  void aNodeThatLostItsClusterAndIsRefusedEndsTheProcessWithTheReason() {
    node.loss.complete("no cluster");
    launcher =
        (config, stop) -> {
          if (!node.config.complete(config)) {
            throw new StartException(ExitCode.UNAVAILABLE, "node.name: n1 is taken");
          }
          return node;
        };
    assertThat(main().run(List.of())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(text(err))
        .isEqualTo(
            "mcp-node: no cluster; the node starts anew\nmcp-node: node.name: n1 is taken\n");
    assertThat(node.stops).isEqualTo(1);
  }

  @Test
  void aTakenPortIs69WithOneLine() {
    launcher =
        (config, stop) -> {
          throw new StartException(ExitCode.UNAVAILABLE, "http.port: 8080 is taken");
        };
    assertThat(main().run(List.of())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(text(err)).isEqualTo("mcp-node: http.port: 8080 is taken\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aNodeThatIsStoppedBeforeItServesEndsWithZero() {
    CompletableFuture<Void> starts = new CompletableFuture<>();
    launcher =
        (config, stop) -> {
          starts.complete(null);
          return new Starting(stop).await(Promise.<RunningNode>promise().future());
        };
    Main main = main();
    CompletableFuture<ExitCode> code = CompletableFuture.supplyAsync(() -> main.run(List.of()));
    starts.join();
    assertThat(code).isNotDone();

    main.stop();

    assertThat(code.join()).isEqualTo(ExitCode.OK);
    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("mcp-node: stopped before it served\n");
  }

  @Test
  void aBugIs70WithOneLine() {
    launcher =
        (config, stop) -> {
          throw new IllegalStateException("no\nway");
        };
    assertThat(main().run(List.of())).isEqualTo(ExitCode.SOFTWARE);
    assertThat(text(err))
        .isEqualTo("mcp-node: internal error: java.lang.IllegalStateException: no\n");
  }

  @Test
  void aBadCommandLineIs64WithTheUsage() {
    assertThat(main().run(List.of("--wrong"))).isEqualTo(ExitCode.USAGE);
    assertThat(text(err)).startsWith("mcp-node: argument: \"--wrong\" (expected: ");
    assertThat(text(err)).endsWith(CommandLine.USAGE + "\n");
    assertThat(node.config).isNotDone();
  }

  @Test
  void aBadConfigurationIs78WithEveryKey() {
    environment = Map.of("MCP_NODE_HTTP_PORT", "x", "MCP_NODE_HTTP_HOTS", "y");
    assertThat(main().run(List.of())).isEqualTo(ExitCode.CONFIG);
    assertThat(text(err))
        .isEqualTo(
            """
            mcp-node: bad configuration
              MCP_NODE_HTTP_HOTS: unknown variable, did you mean MCP_NODE_HTTP_HOST? [environment]
              http.port: "x" (expected: a whole number from 0 to 65535) [MCP_NODE_HTTP_PORT]
            """);
    assertThat(node.config).isNotDone();
  }

  @Test
  void helpVersionAndConfigurationGoToStandardOutput() {
    environment = Map.of("MCP_NODE_ADMIN_TOKEN", "hidden", "MCP_NODE_HTTP_PORT", "1234");
    assertThat(main().run(List.of("--help"))).isEqualTo(ExitCode.OK);
    assertThat(main().run(List.of("--version"))).isEqualTo(ExitCode.OK);
    assertThat(main().run(List.of("--print-config"))).isEqualTo(ExitCode.OK);
    assertThat(text(out))
        .contains(CommandLine.HELP, "mcp-node " + Version.current() + "\n", "port: 1234")
        .contains("token: '****'")
        .doesNotContain("hidden");
    assertThat(Version.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(text(err)).isEmpty();
    assertThat(node.config).isNotDone();
  }

  @Test
  void theCodesAreThoseOfTheContract() {
    assertThat(ExitCode.values())
        .extracting(ExitCode::value)
        .containsExactlyInAnyOrder(0, 64, 78, 69, 70);
  }

  @Test
  void theCommonPoolHasAtLeastTwoThreads() {
    String property = "java.util.concurrent.ForkJoinPool.common.parallelism";
    assertThat(JvmProperties.wanted(1)).containsEntry(property, "2");
    assertThat(JvmProperties.wanted(2)).containsEntry(property, "2");
    assertThat(JvmProperties.wanted(16)).containsEntry(property, "15");
  }

  private Main main() {
    return new Main(environment, stream(out), stream(err), launcher);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static final class FakeNode implements RunningNode {
    private final CompletableFuture<NodeConfig> config = new CompletableFuture<>();
    private final CompletableFuture<StartException> failure = new CompletableFuture<>();
    private final CompletableFuture<String> loss = new CompletableFuture<>();
    private volatile int stops;

    @Override
    public String name() {
      return "n1";
    }

    @Override
    public String url() {
      return "http://127.0.0.1:4711/mcp";
    }

    @Override
    public NodeConfig config() {
      return config.join();
    }

    @Override
    public void stop() {
      stops++;
    }

    @Override
    public CompletionStage<StartException> failed() {
      return failure;
    }

    @Override
    public CompletionStage<String> lost() {
      return loss;
    }
  }
}
