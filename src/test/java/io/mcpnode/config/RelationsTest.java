package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
  void certificateAndKeyComeTogetherAndCanBeRead() throws IOException {
    String cert = Files.writeString(dir.resolve("cert.pem"), "x").toString();
    String key = Files.writeString(dir.resolve("key.pem"), "x").toString();

    refused(Map.of("MCP_NODE_HTTP_TLS_CERT", cert), "http.tls.key: not set (expected: a PEM file");
    refused(Map.of("MCP_NODE_HTTP_TLS_KEY", key), "http.tls.cert: not set (expected: a PEM file");
    refused(
        Map.of("MCP_NODE_HTTP_TLS_CERT", cert, "MCP_NODE_HTTP_TLS_KEY", key + ".not"),
        "(expected: a file that can be read) [MCP_NODE_HTTP_TLS_KEY]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void certificateAndKeyAreWhatTheyShouldBeAndBelongTogether(String kind) throws Exception {
    Path broken = Files.writeString(dir.resolve("broken.pem"), "x");
    Pem one = pem("one", kind);

    loads(tls(one.cert(), one.key()), false);
    refused(tls(broken, one.key()), "http.tls.cert: \"" + broken + "\", Missing");
    refused(tls(one.cert(), broken), "http.tls.key: \"" + broken + "\", Missing");
    refused(tls(one.cert(), one.cert()), "http.tls.key: \"" + one.cert() + "\", Missing");
    refused(tls(one.key(), one.cert()), "(expected: a PEM file with a certificate)");
    for (String other : List.of("RSA", "EC")) {
      refused(
          tls(one.cert(), pem("other-" + other, other).key()),
          "of the certificate in " + one.cert() + ") [MCP_NODE_HTTP_TLS_KEY]");
    }
  }

  private record Pem(Path cert, Path key) {}

  /** Made with the JDK's own tool, as there is no other way to sign a certificate in Java. */
  private Pem pem(String name, String kind) throws Exception {
    Path store = dir.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String arguments =
        "-genkeypair -alias x -dname CN=localhost -storetype PKCS12 -storepass secret -keyalg ";
    List<String> command = new ArrayList<>(List.of(keytool.toString()));
    command.addAll(List.of((arguments + kind + " -keystore " + store).split(" ")));
    Path log = dir.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    char[] password = "secret".toCharArray();
    KeyStore made = KeyStore.getInstance(store.toFile(), password);
    return new Pem(
        write(name + "-cert.pem", "CERTIFICATE", made.getCertificate("x").getEncoded()),
        write(name + "-key.pem", "PRIVATE KEY", made.getKey("x", password).getEncoded()));
  }

  private Path write(String file, String label, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        dir.resolve(file),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private static Map<String, String> tls(Path cert, Path key) {
    return Map.of(
        "MCP_NODE_HTTP_TLS_CERT", cert.toString(), "MCP_NODE_HTTP_TLS_KEY", key.toString());
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
