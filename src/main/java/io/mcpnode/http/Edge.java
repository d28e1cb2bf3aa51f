package io.mcpnode.http;

import io.mcpnode.NodeConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What all event loops of the edge share. */
final class Edge {

  /** Length of a tick: time on the hot path is a counter, not a clock. */
  static final int TICK_MILLIS = 250;

  final NodeConfig.Http http;
  final @Nullable String self;
  final boolean exposeName;
  final HttpMeters meters;
  final RequestMeters requests;
  final OriginRule origins;
  final HostRule hosts;
  final BodyBudget budget;
  final AtomicInteger connections = new AtomicInteger();
  final Listener listener = new Listener();
  private final BooleanSupplier draining;
  private volatile boolean quiescing;

  Edge(NodeConfig config, BooleanSupplier draining, HttpMeters meters, RequestMeters requests) {
    this.http = config.http();
    this.self = config.node().name();
    this.exposeName = config.node().exposeName();
    this.draining = draining;
    this.meters = meters;
    this.requests = requests;
    this.origins = new OriginRule(http.allowedOrigins());
    this.hosts = new HostRule(http.host(), origins);
    this.budget = BodyBudget.ofHeap(http.maxBodyBytes());
  }

  /** Clients are asked to go: every response says {@code Connection: close}. */
  boolean isClosing() {
    return quiescing || draining.getAsBoolean();
  }

  boolean isQuiescing() {
    return quiescing;
  }

  void quiesce() {
    quiescing = true;
  }

  static int ticks(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE / 2, 1 + duration.toMillis() / TICK_MILLIS);
  }
}
