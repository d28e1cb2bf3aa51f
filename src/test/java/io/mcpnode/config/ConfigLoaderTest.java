package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpnode.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @TempDir Path dir;

  @Test
  void withoutAFileTheDefaultsOfTheContractHold() throws ConfigException {
    NodeConfig config = ConfigLoader.load(null, Map.of("PATH", "/bin"), false).config();

    assertThat(config.node()).isEqualTo(new NodeConfig.Node(null, true));
    assertThat(config.http())
        .isEqualTo(
            new NodeConfig.Http(
                "127.0.0.1",
                8080,
                "/mcp",
                List.of(),
                4 * 1024 * 1024,
                new NodeConfig.Tls(null, null),
                20_000,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30)));
    assertThat(config.sessions())
        .isEqualTo(new NodeConfig.Sessions(Duration.ofHours(1), 100_000, 1 << 20, 10_000, 0));
    assertThat(config.cluster())
        .isEqualTo(
            new NodeConfig.Cluster(
                false,
                "127.0.0.1",
                5701,
                List.of(),
                "",
                2,
                Duration.ofSeconds(1),
                3,
                1000,
                3,
                NodeConfig.SplitBrainStrategy.MAJORITY,
                "",
                100,
                Duration.ofSeconds(30),
                10_000,
                500));
    assertThat(config.tracing()).isEqualTo(new NodeConfig.Tracing(true, 0.01, 1000, ""));
    assertThat(config.admin().token()).isEmpty();
    assertThat(config.features().demo()).isTrue();
    assertThat(config.plugins().dir()).isEqualTo(Path.of("plugins"));
  }

  @Test
  void yamlAndJsonSayTheSame() throws Exception {
    Path yaml =
        file(
            "c.yaml",
            """
            # a node
            http:
              port: 8081
              allowedOrigins:
                - https://a.example
                - http://b.example:8080
            cluster: {nodes: ["10.0.0.1:5701", '[::1]:5702'], splitBrainStrategy: winner_takes_all}
            """);
    Path json =
        file(
            "c.json",
            """
            {"http": {"port": 8081, "allowedOrigins": ["https://a.example", "http://b.example:8080"]},
            \t"cluster": {"nodes": ["10.0.0.1:5701", "[::1]:5702"],
                        "splitBrainStrategy": "majority"}}
            """);

    NodeConfig config = load(yaml);

    assertThat(config).isEqualTo(load(json));
    assertThat(config.http().port()).isEqualTo(8081);
    assertThat(config.cluster().nodes())
        .containsExactly(
            new NodeConfig.HostPort("10.0.0.1", 5701), new NodeConfig.HostPort("::1", 5702))
        .hasToString("[10.0.0.1:5701, [::1]:5702]");
    assertThat(config.cluster().splitBrainStrategy())
        .isEqualTo(NodeConfig.SplitBrainStrategy.MAJORITY);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
    Path file =
        file(
            "bad.yaml",
            """
            http:
              prot: 1
              port: 70000
              port: 8080
            clutser:
              nodes: [a]
            replicationFactor: 3
            cluster:
              cookie: "\\u0001secret"
            """);

    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigLoader.load(
                    file,
                    Map.of(
                        "MCP_NODE_HTTP_PROT", "1",
                        "MCP_NODE_LOG_LEVEL", "loud",
                        "MCP_NODE_CLUSTER_REPLICATION_FACTOR", "9"),
                    false));

    String at = " [" + file + " line ";
    assertThat(e.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "http.prot: unknown key, did you mean http.port?" + at + "2]",
            "http.port: given twice, first in line 3" + at + "4]",
            "clutser: unknown key, did you mean cluster?" + at + "5]",
            "replicationFactor: unknown key, did you mean cluster.replicationFactor?" + at + "7]",
            "cluster.cookie: **** (expected: up to 256 printable characters)" + at + "9]",
            "MCP_NODE_HTTP_PROT: unknown variable, did you mean MCP_NODE_HTTP_PORT?"
                + " [environment]",
            "MCP_NODE_LOG_LEVEL: \"loud\" (expected: OFF | ERROR | WARN | INFO | DEBUG | TRACE)"
                + " [environment]",
            "cluster.replicationFactor: \"9\" (expected: a whole number from 1 to 7)"
                + " [MCP_NODE_CLUSTER_REPLICATION_FACTOR]");
  }

  @Test
  void anEmptySectionOrValueMeansTheDefault() throws Exception {
    assertThat(load(file("e.yaml", "http:\n  tls: {}\n  port:\nnode:\nplugins:\n  # nothing\n")))
        .isEqualTo(ConfigLoader.load(null, Map.of(), false).config());
    assertThat(load(file("empty.yaml", "# nothing\n")).http().port()).isEqualTo(8080);
  }

  @Test
  void aPathInOneWordIsTheSameKey() throws Exception {
    assertThat(load(file("a.yaml", "http.port: 1\n")).http().port()).isEqualTo(1);
    refused(file("a.yaml", "http.port: 1\nhttp: {port: 2}\n"), "http.port: given twice");
  }

  /** Every mutation of a good file loads or is refused with problems; nothing else is thrown. */
  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "a.json"})
  void noFileWhateverIsInItLooksLikeABug(String name) throws IOException {
    Random random = new Random(20261123);
    String good =
        name.endsWith("json")
            ? "{\"http\": {\"port\": 1, \"allowedOrigins\": [\"https://a\"]}, \"node\": {}}"
            : Files.readString(Path.of("conf/mcp-node.yaml"));
    String odd = "\t\n \0\u0007{}[]:,'\"&*!|>%@`#-?\uFFFE\u00e9\\";
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int n = random.nextInt(4) + 1; n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20) + 1));
          default -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
        }
      }
      try {
        load(file(name, text.toString()));
      } catch (ConfigException e) {
        refused++;
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(50, 499);
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    refused(dir.resolve("none.yaml"), "none.yaml: no such file");
    refused(dir, "can't be read");
    refused(file("a.yaml", "http: [1"), "not YAML");
    refused(file("a.json", "{\"http\": "), "not JSON");
    refused(file("a.yaml", "http:\n\tport: 1\n"), "not YAML");
    assertThatThrownBy(() -> load(file("a.yaml", "- a\n- b\n")))
        .hasMessageContaining("found a list (expected: a mapping of settings)")
        .hasMessageNotContaining("second document");
    refused(file("a.yaml", "http: 8080\n"), "http: found a single value (expected: a section");
    refused(file("a.yaml", "http: {port: 1}\n---\nhttp: {port: 2}\n"), "a second document");
    refused(file("a.yaml", "# " + "x".repeat(FileSource.MAX_BYTES)), "more than 1048576 bytes");
    Files.write(dir.resolve("b.yaml"), new byte[] {'#', (byte) 0xff, '\n'});
    refused(dir.resolve("b.yaml"), "not UTF-8");
  }

  @Test
  void anAliasIsRefused() throws IOException {
    refused(file("a.yaml", "node: {name: *n }\n"), "node.name: an alias (expected");
    refused(
        file("a.yaml", "http: {allowedOrigins: [*o ]}\n"),
        "http.allowedOrigins: an alias (expected");
  }

  @Test
  void aTagBuildsNothing() throws IOException {
    refused(
        file("a.yaml", "node: {name: !!javax.script.ScriptEngineManager [a]}\n"), "node.name: ");
  }

  @Test
  void whatIsPrintedLoadsAgainAndHidesSecrets() throws Exception {
    Map<String, String> variables =
        Map.of(
            "MCP_NODE_ADMIN_TOKEN", "s3cret-token",
            "MCP_NODE_CLUSTER_COOKIE", "s3cret-cookie",
            "MCP_NODE_NODE_NAME", "null",
            "MCP_NODE_CLUSTER_NODES", "a:1,[::1]:2",
            "MCP_NODE_HTTP_ALLOWED_ORIGINS", "https://x:1",
            "MCP_NODE_PLUGINS_DIR", "it's: a #dir",
            "MCP_NODE_HTTP_IDLE_TIMEOUT", "90s");
    ConfigLoader loaded = ConfigLoader.load(null, variables, false);

    String printed = loaded.print();

    assertThat(printed).doesNotContain("s3cret").contains("token: '****'", "idleTimeout: 90s");
    ConfigLoader again = ConfigLoader.load(file("printed.yaml", printed), Map.of(), false);
    assertThat(again.print()).isEqualTo(printed);
    assertThat(again.config().node()).isEqualTo(loaded.config().node());
    assertThat(again.config().http()).isEqualTo(loaded.config().http());
    assertThat(again.config().plugins()).isEqualTo(loaded.config().plugins());
    assertThat(again.config().cluster().nodes()).isEqualTo(loaded.config().cluster().nodes());
  }

  private NodeConfig load(Path file) throws ConfigException {
    return ConfigLoader.load(file, Map.of(), false).config();
  }

  private void refused(Path file, String message) {
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
