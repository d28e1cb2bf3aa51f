package io.mcpnode.affinity;

import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.StateStore;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.FakeSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;

/** Nodes over a simulated network. */
final class SimNodes {

  /** More than calls that follow one another at once have room for on a stack. */
  static final int MAX_PER_NODE = 3_000;

  private SimNodes() {}

  /** A node that is not started; what it announces of its drains, its membership knows. */
  static AffinityComponent node(
      Vertx vertx,
      SimNetwork network,
      StateStore store,
      SimMembership membership,
      MeterRegistry meters,
      FakeSpans spans) {
    return new AffinityComponent(
        vertx,
        network.on(membership.self()),
        store,
        membership,
        QuorumGate.OPEN,
        Clock.SYSTEM,
        new SecureRandom(),
        meters,
        spans,
        new AffinityComponent.Settings(
            Duration.ofHours(1), MAX_PER_NODE, 10_000, 2, Duration.ofSeconds(5), 500),
        on -> {
          if (on) {
            membership.draining.add(membership.self());
          } else {
            membership.draining.remove(membership.self());
          }
        });
  }
}
