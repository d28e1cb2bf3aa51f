package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the table: default, file, environment, wrong values. */
class KeysTest {

  @TempDir Path dir;

  /** Path, a value other than the default, and values that are refused. */
  private record Sample(String path, String good, List<String> bad) {
    Key<?> key() {
      return Keys.ALL.stream().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private static Sample sample(String path, String good, String... bad) {
    return new Sample(path, good, List.of(bad));
  }

  static Stream<Sample> samples() {
    return Stream.of(
        sample("node.name", "n1", "n#1", "-n", "a b", "x".repeat(64)),
        sample("node.exposeName", "false", "yes", "1", "TRUE", ""),
        sample("server.title", "Weather, of all places", "a\nb", "x".repeat(2001)),
        sample("server.description", "Says what comes", "\u0001"),
        sample("server.websiteUrl", "https://example.com", "example.com"),
        sample("server.icon", "data:image/png;base64,aGk=", "http://example.com/i.png", "x.png"),
        sample("server.instructions", "Ask before you travel", "a\tb"),
        sample("http.host", "0.0.0.0", "", "a b", "http://x"),
        sample("http.port", "0", "65536", "-1", "8080.5", "http", "", "0x10"),
        sample("http.path", "/a/b", "mcp", "/", "/mcp/", "/a?b", ""),
        sample(
            "http.allowedOrigins",
            "https://a.example,http://b:8,http://[::1]:9",
            "a.example",
            "https://a/b",
            "https://a:99999",
            "https://a:0",
            "https://a:b",
            "https://::1",
            "https://[a",
            "https://me@a",
            "*",
            "null"),
        sample("http.maxBodyBytes", "512KiB", "1023", "1025MiB", "4MB", "4 MiB", "-1", ""),
        sample("http.tls.cert", "cert.pem", "\0"),
        sample("http.tls.key", "key.pem", "\0"),
        sample("http.maxConnections", "10", "0", "10000001"),
        sample("http.idleTimeout", "2m", "999ms", "25h", "10"),
        sample("http.requestTimeout", "500ms", "99ms", "61m", "1d"),
        sample("sessions.idleTimeout", "2s", "99ms", "721h"),
        sample("sessions.maxPerNode", "1", "0", "many"),
        sample("sessions.maxStateBytes", "64MiB", "1", "65MiB"),
        sample("sessions.maxCallsPerNode", "7", "0"),
        sample("sessions.maxCallsPerSecond", "50", "-1", "10000001"),
        sample("cluster.host", "::1", "[::1]"),
        sample("cluster.port", "5702", "70000"),
        sample("cluster.nodes", "a:1,[::1]:2", "a", "a:0", "a:65536", "::1:5", "a:1,"),
        sample("cluster.cookie", "a secret", "\u0001", "x".repeat(257)),
        sample("cluster.replicationFactor", "7", "0", "8"),
        sample("cluster.heartbeatInterval", "100ms", "99ms", "61s"),
        sample("cluster.failedPingThreshold", "1", "0", "1001"),
        sample("cluster.processCountThreshold", "1", "0"),
        sample("cluster.partitionThreshold", "1", "0"),
        sample("cluster.splitBrainStrategy", "oldest_node", "MAJORITY", "master", ""),
        sample("cluster.masterNode", "n1", "n 1"),
        sample("cluster.maxHealthHistory", "1", "0", "100001"),
        sample("cluster.drainTimeout", "0s", "61m"),
        sample("cluster.maxInFlightPerPeer", "1", "0"),
        sample("cluster.migrationRate", "1", "0"),
        sample("tracing.enabled", "false", "on"),
        sample("tracing.sampleRatio", "1", "1.1", "-0.1", "NaN", ".5", "1e-3"),
        sample("tracing.maxTraces", "1", "0"),
        sample("tracing.otlpEndpoint", "http://127.0.0.1:4318", "127.0.0.1:4318"),
        sample("admin.token", "t0ken", "a b"),
        sample("features.demo", "false", "no"),
        sample("plugins.dir", "/opt/plugins", ""));
  }

  @Test
  void everyKeyHasASample() {
    assertThat(samples().map(Sample::path))
        .containsExactlyInAnyOrderElementsOf(Keys.ALL.stream().map(Key::path).toList());
  }

  @Test
  void pathsAndVariablesAreUnique() {
    assertThat(Keys.ALL.stream().map(Key::path)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(Keys.ALL.stream().map(Key::env).toList())).hasSize(Keys.ALL.size());
  }

  @Test
  void everySectionHasItsWords() {
    assertThat(Keys.ALL.stream().map(Key::section).distinct())
        .containsExactlyInAnyOrderElementsOf(Manual.sections());
  }

  @ParameterizedTest
  @CsvSource({
    "http.maxBodyBytes, MCP_NODE_HTTP_MAX_BODY_BYTES",
    "http.tls.cert, MCP_NODE_HTTP_TLS_CERT",
    "tracing.otlpEndpoint, MCP_NODE_TRACING_OTLP_ENDPOINT",
    "plugins.dir, MCP_NODE_PLUGINS_DIR"
  })
  void theVariableIsThePathInUpperSnakeCase(String path, String variable) {
    assertThat(sample(path, "").key().env()).isEqualTo(variable);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theVariableGoesOverTheFileAndTheFileOverTheDefault(Sample sample) throws IOException {
    Key<?> key = sample.key();
    Object other = Objects.requireNonNull(key.type().parse(sample.good()), "sample is wrong");
    assertThat(other).isNotEqualTo(key.defaultValue());

    assertThat(settings(Map.of(), Map.of()).find(key)).isEqualTo(key.defaultValue());

    Map<String, Found> fromFile = read(key, yaml(key, sample.good()));
    Settings file = settings(Map.of(), fromFile);
    assertThat(file.<Object>find(anything(key))).isEqualTo(other);

    String standard = key.defaultText();
    if (standard != null) {
      Map<String, Found> variable =
          EnvSource.read(Map.of(key.env(), standard), new java.util.ArrayList<>());
      assertThat(settings(variable, fromFile).find(key)).isEqualTo(key.defaultValue());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aWrongValueIsNamedWithWhatIsAllowed(Sample sample) {
    Key<?> key = sample.key();
    for (String bad : sample.bad()) {
      if (key.isOptional() && bad.isEmpty()) {
        continue;
      }
      assertThatThrownBy(() -> ConfigLoader.load(null, Map.of(key.env(), bad), false))
          .as("%s = '%s'", key.path(), bad)
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(key.path() + ": ")
          .hasMessageContaining("(expected: " + key.type().allowed() + ")")
          .hasMessageEndingWith("[" + key.env() + "]");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aValueOfAnotherShapeIsRefused(Sample sample) throws IOException {
    Key<?> key = sample.key();
    List<Problem> problems = new java.util.ArrayList<>();
    String wrongShape = key.type().isList() ? "plain" : "[a, b]";
    new Settings(List.of(read(key, wrongShape, problems)), problems);
    assertThat(problems).extracting(Problem::path).containsExactly(key.path());
    problems.clear();
    new Settings(List.of(read(key, "{a: b}", problems)), problems);
    assertThat(problems).extracting(Problem::path).containsExactly(key.path());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aShownValueIsReadBack(Sample sample) throws JsonProcessingException {
    readsBack(sample.key(), sample.good());
  }

  private static <T> void readsBack(Key<T> key, String text) {
    T value = Objects.requireNonNull(key.type().parse(text));
    assertThat(key.type().parse(key.type().show(value))).isEqualTo(value);
  }

  @SuppressWarnings("unchecked")
  private static Key<Object> anything(Key<?> key) {
    return (Key<Object>) key;
  }

  private static Settings settings(Map<String, Found> strong, Map<String, Found> weak) {
    List<Problem> problems = new java.util.ArrayList<>();
    Settings settings = new Settings(List.of(strong, weak), problems);
    assertThat(problems).isEmpty();
    return settings;
  }

  private static <T> String yaml(Key<T> key, String text) {
    return key.type().yaml(Objects.requireNonNull(key.type().parse(text)));
  }

  private Map<String, Found> read(Key<?> key, String yaml) throws IOException {
    List<Problem> problems = new java.util.ArrayList<>();
    Map<String, Found> found = read(key, yaml, problems);
    assertThat(problems).isEmpty();
    return found;
  }

  private Map<String, Found> read(Key<?> key, String yaml, List<Problem> problems)
      throws IOException {
    String text = key.path().replace(".", ": {") + ": " + yaml;
    text += "}".repeat((int) key.path().chars().filter(c -> c == '.').count());
    Path file = Files.writeString(dir.resolve("conf.yaml"), text);
    return FileSource.read(file, problems);
  }
}
