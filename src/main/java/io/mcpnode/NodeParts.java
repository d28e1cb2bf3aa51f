package io.mcpnode;

import io.mcpnode.affinity.AffinityComponent;
import io.mcpnode.call.CallComponent;
import io.mcpnode.feature.Features;
import io.mcpnode.http.McpHttpServer;
import io.mcpnode.http.admin.Operations;
import io.mcpnode.http.admin.Readiness;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.Monitor;
import io.mcpnode.monitor.PartitionSense;
import io.mcpnode.monitor.Replicas;
import io.mcpnode.monitor.Sources;
import io.mcpnode.names.NamesComponent;
import io.mcpnode.partition.Partitions;
import io.mcpnode.replication.Copies;
import io.mcpnode.replication.UsedKeys;
import io.mcpnode.server.CallLimits;
import io.mcpnode.server.ClusterSecret;
import io.mcpnode.server.McpDispatcher;
import io.mcpnode.server.Streams;
import io.mcpnode.server.input.Seal;
import io.mcpnode.trace.TraceComponent;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;

/**
 * The components of a node, put together and started: state, calls and names, tracing, monitor, and
 * the port for clients last, when this side of the cluster may serve.
 *
 * @param port for clients
 * @param draining set by who stops the node: it is no longer ready
 */
@NullMarked
record NodeParts(
    AffinityComponent affinity,
    McpDispatcher mcp,
    Streams streams,
    McpHttpServer http,
    TraceComponent tracing,
    int port,
    AtomicBoolean draining) {

  /**
   * Completes when clients are served; fails with the reason, and leaves to the caller to leave the
   * cluster.
   */
  static Future<NodeParts> start(
      NodeConfig config,
      NodeId self,
      ClusterParts cluster,
      Seal seal,
      Features features,
      PrometheusMeterRegistry meters) {
    TraceComponent tracing =
        new TraceComponent(config.tracing(), self.name(), Version.current(), Clock.SYSTEM, meters);
    AffinityComponent affinity =
        new AffinityComponent(
            cluster.vertx(),
            cluster.rpc(),
            cluster.store(),
            cluster.membership(),
            cluster.gate(),
            Clock.SYSTEM,
            new SecureRandom(),
            meters,
            tracing.spans(),
            new AffinityComponent.Settings(
                config.sessions().idleTimeout(),
                config.sessions().maxPerNode(),
                config.sessions().maxStateBytes(),
                config.cluster().enabled() ? config.cluster().replicationFactor() : 1,
                config.cluster().drainTimeout(),
                config.cluster().migrationRate()),
            cluster.draining());
    cluster.load().accept(affinity);
    CallComponent calls =
        new CallComponent(
            cluster.vertx(), cluster.rpc(), cluster.membership(), Clock.SYSTEM, meters);
    NamesComponent names =
        new NamesComponent(
            cluster.vertx(),
            cluster.rpc(),
            cluster.names(),
            cluster.membership(),
            cluster.gate(),
            Clock.SYSTEM,
            new SecureRandom(),
            meters);
    BuiltInOperations.register(calls.operations(), cluster.membership(), affinity.admin());
    NameOperations.register(calls.operations(), names);
    PluginOperations.register(calls.operations(), features);
    Monitor monitor =
        new Monitor(
            cluster.vertx(),
            cluster.rpc(),
            cluster.membership(),
            cluster.gate(),
            Clock.SYSTEM,
            meters,
            new Monitor.Settings(
                config.cluster().heartbeatInterval(),
                config.cluster().maxHealthHistory(),
                new Thresholds(
                    config.cluster().failedPingThreshold(),
                    config.cluster().processCountThreshold(),
                    config.cluster().partitionThreshold())));
    cluster.health().accept(monitor::healthOf);
    affinity.tell(monitor.moves());
    Streams streams = streams(cluster, seal, meters);
    McpDispatcher mcp =
        new McpDispatcher(
            affinity.affinity(),
            streams,
            features,
            self.name(),
            Identity.card(config.server()),
            new CallLimits(
                config.sessions().maxCallsPerNode(), config.sessions().maxCallsPerSecond()),
            config.sessions().maxStateBytes(),
            Clock.SYSTEM,
            meters,
            tracing.spans(),
            new ClusterSecret(cluster.secret()),
            streams.announcements(),
            new VertxLoop(cluster.vertx()));
    AtomicBoolean draining = new AtomicBoolean();
    Operations operations =
        new Operations(
            affinity.admin(),
            cluster.status(),
            cluster.partitions(),
            calls.calls(),
            TraceComponent.traces(
                cluster.rpc(),
                () -> cluster.membership().view().members().stream().map(Member::id).toList()),
            monitor,
            () -> readiness(cluster),
            meters,
            config.admin().token());
    McpHttpServer http =
        new McpHttpServer(
            cluster.vertx(),
            config,
            mcp,
            operations,
            () -> draining.get() || cluster.membership().isDraining(self));
    return streams
        .start(cluster.vertx())
        .compose(hearing -> affinity.start(mcp, Runtime.getRuntime().availableProcessors()))
        .compose(serving -> calls.start())
        .compose(serving -> names.start())
        .compose(serving -> tracing.start(cluster.vertx(), cluster.rpc()))
        .compose(traced -> FirstQuorum.of(cluster.vertx(), cluster.gate()))
        .compose(open -> monitor.start(sources(mcp, http, affinity), List.of(divided(cluster))))
        .compose(watching -> http.start())
        .map(port -> new NodeParts(affinity, mcp, streams, http, tracing, port, draining));
  }

  private static PartitionSense divided(ClusterParts cluster) {
    return () -> {
      Partitions.Report report = cluster.partitions().lastReport();
      return report.detected()
          ? report.kind() + " partition: " + report.groups() + ", " + goesOn(report.survivors())
          : null;
    };
  }

  private static String goesOn(List<String> survivors) {
    return survivors.isEmpty() ? "nobody goes on" : survivors + " goes on";
  }

  private static Sources sources(
      McpDispatcher mcp, McpHttpServer http, AffinityComponent affinity) {
    return new Sources(
        mcp::runningCalls,
        http::requestsInProgress,
        affinity::load,
        http::answers,
        () -> {
          Copies copies = affinity.copies();
          return new Replicas(copies.wanted(), copies.present());
        });
  }

  private static Streams streams(ClusterParts cluster, Seal seal, MeterRegistry meters) {
    return new Streams(
        cluster.rpc(),
        cluster.membership(),
        seal,
        new UsedKeys(cluster.store(), Clock.SYSTEM, new SecureRandom())::use,
        Clock.SYSTEM,
        meters);
  }

  private static Readiness readiness(ClusterParts cluster) {
    if (cluster.membership().isDraining(cluster.membership().self())) {
      return new Readiness(Readiness.State.DRAINING, "this node drains");
    }
    return cluster.gate().isOpen()
        ? Readiness.READY
        : new Readiness(Readiness.State.QUARANTINED, cluster.gate().reason());
  }
}
