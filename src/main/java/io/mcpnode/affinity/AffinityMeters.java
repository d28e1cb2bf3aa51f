package io.mcpnode.affinity;

import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What the affinity component counts. */
final class AffinityMeters {

  private static final Duration[] PAUSES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500)
  };

  private final MeterRegistry registry;
  private final Counter forwarded;
  private final Counter failovers;
  private final Counter migrations;
  private final Timer pause;
  private volatile Moves moves = Moves.UNSEEN;

  AffinityMeters(MeterRegistry registry) {
    this.registry = registry;
    this.forwarded = registry.counter("mcp.requests.forwarded");
    this.failovers = registry.counter("mcp.failovers");
    this.migrations = registry.counter("mcp.migrations");
    this.pause =
        Timer.builder("mcp.migration.pause")
            .description("How long requests were held back while their record moved")
            .serviceLevelObjectives(PAUSES)
            .register(registry);
  }

  void sessions(IntSupplier owned) {
    // Strong: else the registry lets the supplier be collected, and shows NaN.
    Gauge.builder("mcp.sessions", owned, IntSupplier::getAsInt)
        .description("Sessions and handles that this node owns")
        .strongReference(true)
        .register(registry);
  }

  void forwarded() {
    forwarded.increment();
  }

  /** Who else wants to know what moves. */
  void tell(Moves moves) {
    this.moves = moves;
  }

  void failedOver(String key, NodeId from, NodeId to) {
    failovers.increment();
    moves.failedOver(key, from, to);
  }

  /**
   * @param pauseNanos during which requests for the record were held back
   */
  void migrated(String key, NodeId from, NodeId to, long pauseNanos) {
    migrations.increment();
    pause.record(pauseNanos, TimeUnit.NANOSECONDS);
    moves.migrated(key, from, to);
  }

  /** A limit was reached and something was refused or dropped for it. */
  void refused(String limit) {
    registry.counter("mcp.refused", "limit", limit).increment();
  }
}
