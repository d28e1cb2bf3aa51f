package io.mcpnode;

import io.mcpnode.feature.Features;
import io.mcpnode.membership.JoinRefusedException;
import io.mcpnode.server.input.Seal;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Steps;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;

/**
 * A node, put together. Start: cluster, state, tools, MCP, and the port for clients last. Stop: the
 * other way round, after everything it owns has moved away and every client has its answer.
 */
@NullMarked
final class Node implements RunningNode {

  private static final Duration CUT = Duration.ofSeconds(2);
  private static final Duration LAST_SPANS = Duration.ofSeconds(3);

  private final NodeConfig config;
  private final String name;
  private final ClusterParts cluster;
  private final Features features;
  private final NodeParts parts;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Node(
      NodeConfig config, String name, ClusterParts cluster, Features features, NodeParts parts) {
    this.config = config;
    this.name = name;
    this.cluster = cluster;
    this.features = features;
    this.parts = parts;
  }

  /** See {@link NodeLauncher}. */
  static RunningNode launch(NodeConfig wanted, CompletionStage<?> stop) throws StartException {
    NodeConfig config = Identity.settled(wanted);
    NodeId self = Identity.of(config, Clock.SYSTEM.millis());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Starting starting = new Starting(stop);
    try {
      Features features =
          starting.call(
              () -> new Features(config.plugins().dir(), config.features().demo(), meters));
      try {
        return join(config, self, features, meters, starting);
      } catch (CompletionException | StartException e) {
        features.close();
        throw e;
      }
    } catch (CompletionException e) {
      throw reason(e.getCause() == null ? e : e.getCause(), config);
    }
  }

  private static Node join(
      NodeConfig config,
      NodeId self,
      Features features,
      PrometheusMeterRegistry meters,
      Starting starting)
      throws StartException {
    ClusterParts cluster = ClusterParts.start(config, self, config.http().port(), meters, starting);
    try {
      Seal seal = starting.await(seal(cluster));
      NodeParts parts =
          starting.await(NodeParts.start(config, self, cluster, seal, features, meters));
      return new Node(config, self.name(), cluster, features, parts);
    } catch (CompletionException | StartException e) {
      cluster.leave().run();
      throw e;
    }
  }

  private static StartException reason(Throwable problem, NodeConfig config) {
    if (problem instanceof StartException known) {
      return known;
    }
    if (problem instanceof JoinRefusedException refused) {
      return new StartException(
          ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()), refused);
    }
    if (problem instanceof BindException) {
      return new StartException(
          ExitCode.UNAVAILABLE,
          "http: "
              + config.http().host()
              + ":"
              + config.http().port()
              + ": "
              + problem.getMessage(),
          problem);
    }
    throw problem instanceof RuntimeException bug ? bug : new IllegalStateException(problem);
  }

  /** Not on an event loop: it takes a while on purpose. */
  private static Future<Seal> seal(ClusterParts cluster) {
    char[] secret = cluster.secret().toCharArray();
    return cluster
        .vertx()
        .executeBlocking(() -> new Seal(secret, Clock.SYSTEM, new SecureRandom()), false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String url() {
    NodeConfig.Http settings = config.http();
    String scheme = settings.tls().cert() == null ? "http" : "https";
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return scheme + "://" + host + ":" + parts.port() + settings.path();
  }

  @Override
  public NodeConfig config() {
    return config;
  }

  @Override
  public CompletionStage<String> lost() {
    return cluster.lost().toCompletionStage();
  }

  /** A node without a cluster has nothing that could move away. */
  @Override
  public void stop() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    Duration patience =
        cluster.lost().isComplete() ? Duration.ZERO : config.cluster().drainTimeout();
    long deadline = Clock.SYSTEM.nanos() + patience.toNanos();
    parts.draining().set(true);
    parts.streams().leave();
    Steps.take("drain", patience(deadline), () -> parts.affinity().drain(remaining(deadline)));
    Steps.take(
        "let clients go", patience(deadline), () -> parts.http().quiesce(remaining(deadline)));
    Steps.take(
        "close the port",
        patience(deadline),
        () -> parts.http().stopAccepting(remaining(deadline)));
    Steps.take("let tasks end", remaining(deadline), parts.mcp()::tasksEnded);
    Steps.take("cut the rest", CUT, parts.http()::close);
    Steps.take("export the last spans", LAST_SPANS, parts.tracing()::close);
    cluster.leave().run();
    features.close();
  }

  /** A step that keeps to what remains is done before this. */
  private static Duration patience(long deadline) {
    return remaining(deadline).plus(CUT);
  }

  private static Duration remaining(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - Clock.SYSTEM.nanos()));
  }
}
