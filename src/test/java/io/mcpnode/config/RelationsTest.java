package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationsTest {

  private static final String HOST = "MCP_NODE_CLUSTER_HOST";

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "node-1.internal", "::", "127.evil.example"})
  void aClusterBeyondLoopbackNeedsACookie(String host) throws ConfigException {
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of(HOST, host), true))
        .hasMessage(
            "cluster.cookie: empty (expected: a secret that all nodes share, because cluster.host "
                + host
                + " is not loopback)");
    loads(Map.of(HOST, host, "MCP_NODE_CLUSTER_COOKIE", "x"), true);
    loads(Map.of(HOST, host), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
  void onLoopbackTheCookieMayBeLeftOut(String host) throws ConfigException {
    loads(Map.of(HOST, host), true);
  }

  @Test
  void aConfiguredMasterMustBeNamed() throws ConfigException {
    refused(
        Map.of("MCP_NODE_CLUSTER_SPLIT_BRAIN_STRATEGY", "configured_master"),
        "cluster.masterNode: empty (expected: a node's name");
    loads(
        Map.of(
            "MCP_NODE_CLUSTER_SPLIT_BRAIN_STRATEGY", "configured_master",
            "MCP_NODE_CLUSTER_MASTER_NODE", "n1"),
        true);
  }

  @Test
  void bothPortsCanNotBeTheSame() throws ConfigException {
    refused(Map.of("MCP_NODE_HTTP_PORT", "5701"), "cluster.port: 5701 (expected: another port");
    loads(Map.of("MCP_NODE_HTTP_PORT", "5701"), false);
    loads(Map.of("MCP_NODE_HTTP_PORT", "0", "MCP_NODE_CLUSTER_PORT", "0"), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/cluster/mcp", "/metrics", "/dashboard"})
  void theEndpointDoesNotHideTheOperatorsRoutes(String path) {
    refused(Map.of("MCP_NODE_HTTP_PATH", path), "http.path: " + path + " (expected: not below /");
  }

  @Test
  void certificateAndKeyComeTogetherAndCanBeRead() throws IOException, ConfigException {
    String cert = Files.writeString(dir.resolve("cert.pem"), "x").toString();
    String key = Files.writeString(dir.resolve("key.pem"), "x").toString();

    refused(Map.of("MCP_NODE_HTTP_TLS_CERT", cert), "http.tls.key: not set (expected: a PEM file");
    refused(Map.of("MCP_NODE_HTTP_TLS_KEY", key), "http.tls.cert: not set (expected: a PEM file");
    refused(
        Map.of("MCP_NODE_HTTP_TLS_CERT", cert, "MCP_NODE_HTTP_TLS_KEY", key + ".not"),
        "(expected: a file that can be read) [MCP_NODE_HTTP_TLS_KEY]");
    loads(Map.of("MCP_NODE_HTTP_TLS_CERT", cert, "MCP_NODE_HTTP_TLS_KEY", key), false);
  }

  @Test
  void aWrongValueIsNotComparedWithOthers() {
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of(HOST, "a b"), true))
        .hasMessageNotContaining("cookie");
  }

  private static void refused(Map<String, String> variables, String message) {
    assertThatThrownBy(() -> ConfigLoader.load(null, variables, true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static void loads(Map<String, String> variables, boolean clustered)
      throws ConfigException {
    assertThat(ConfigLoader.load(null, variables, clustered).config().cluster().enabled())
        .isEqualTo(clustered);
  }
}
