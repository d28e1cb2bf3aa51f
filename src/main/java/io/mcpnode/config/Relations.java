package io.mcpnode.config;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks of settings against each other and against the machine. */
final class Relations {

  /** Routes of the operators, on the same port. */
  private static final List<String> TAKEN =
      List.of("/health", "/metrics", "/cluster", "/dashboard");

  private static final List<Relation> ALL =
      List.of(
          new Relation(
              Keys.CLUSTER_COOKIE,
              List.of(Keys.CLUSTER_COOKIE, Keys.CLUSTER_HOST),
              facts -> cookie(facts.settings(), facts.clustered())),
          new Relation(
              Keys.CLUSTER_MASTER_NODE,
              List.of(Keys.CLUSTER_MASTER_NODE, Keys.CLUSTER_SPLIT_BRAIN_STRATEGY),
              facts -> master(facts.settings())),
          new Relation(
              Keys.CLUSTER_PORT,
              List.of(Keys.CLUSTER_PORT, Keys.HTTP_PORT),
              facts -> facts.clustered() ? ports(facts.settings()) : null),
          new Relation(Keys.HTTP_PATH, List.of(Keys.HTTP_PATH), facts -> route(facts.settings())),
          new Relation(
              Keys.HTTP_TLS_CERT,
              List.of(Keys.HTTP_TLS_CERT, Keys.HTTP_TLS_KEY),
              facts -> cert(facts.settings())),
          new Relation(
              Keys.HTTP_TLS_KEY,
              List.of(Keys.HTTP_TLS_CERT, Keys.HTTP_TLS_KEY),
              facts -> key(facts.settings())));

  private Relations() {}

  static List<Problem> check(Settings settings, boolean clustered) {
    Relation.Facts facts = new Relation.Facts(settings, clustered);
    return ALL.stream().flatMap(relation -> Stream.ofNullable(relation.check(facts))).toList();
  }

  private static @Nullable String cookie(Settings settings, boolean clustered) {
    String host = settings.get(Keys.CLUSTER_HOST);
    return clustered && settings.get(Keys.CLUSTER_COOKIE).isEmpty() && !isLoopback(host)
        ? "empty (expected: a secret that all nodes share, because cluster.host "
            + host
            + " is not loopback)"
        : null;
  }

  private static @Nullable String master(Settings settings) {
    boolean wanted =
        settings.get(Keys.CLUSTER_SPLIT_BRAIN_STRATEGY) == SplitBrainStrategy.CONFIGURED_MASTER;
    return wanted && settings.get(Keys.CLUSTER_MASTER_NODE).isEmpty()
        ? "empty (expected: a node's name, because cluster.splitBrainStrategy is"
            + " configured_master)"
        : null;
  }

  private static @Nullable String ports(Settings settings) {
    int port = settings.get(Keys.CLUSTER_PORT);
    return port != 0 && port == settings.get(Keys.HTTP_PORT)
        ? port + " (expected: another port than http.port)"
        : null;
  }

  private static @Nullable String route(Settings settings) {
    String path = settings.get(Keys.HTTP_PATH);
    return TAKEN.stream()
        .filter(taken -> path.equals(taken) || path.startsWith(taken + "/"))
        .findFirst()
        .map(taken -> path + " (expected: not below " + taken + ", which is for operators)")
        .orElse(null);
  }

  private static @Nullable String cert(Settings settings) {
    String missing = file(settings, Keys.HTTP_TLS_CERT, Keys.HTTP_TLS_KEY);
    Path cert = settings.find(Keys.HTTP_TLS_CERT);
    return missing == null && cert != null ? TlsFiles.faultOfCert(cert) : missing;
  }

  private static @Nullable String key(Settings settings) {
    String missing = file(settings, Keys.HTTP_TLS_KEY, Keys.HTTP_TLS_CERT);
    Path key = settings.find(Keys.HTTP_TLS_KEY);
    Path cert = settings.find(Keys.HTTP_TLS_CERT);
    return missing == null && key != null && cert != null && cert(settings) == null
        ? TlsFiles.faultOfKey(key, cert)
        : missing;
  }

  private static @Nullable String file(Settings settings, Key<Path> key, Key<Path> other) {
    Path file = settings.find(key);
    if (file == null) {
      return settings.find(other) == null
          ? null
          : "not set (expected: a PEM file, because " + other.path() + " is set)";
    }
    return Files.isRegularFile(file) && Files.isReadable(file)
        ? null
        : Show.quoted(file.toString()) + " (expected: a file that can be read)";
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.[0-9]{1,3}){3}");
  }
}
