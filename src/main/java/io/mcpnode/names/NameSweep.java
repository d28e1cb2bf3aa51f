package io.mcpnode.names;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.Departures;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the names of nodes that are gone; every node looks through those whose first copy it holds.
 * They are free already, for whoever wants them: this only keeps them from staying for ever.
 */
final class NameSweep {

  private static final Logger LOG = LoggerFactory.getLogger(NameSweep.class);

  /** After a loss, copies become first copies step by step. */
  private static final long[] LOOK_AFTER_MILLIS = {200, 1_500, 3_500, 8_000};

  private final Vertx vertx;
  private final StateStore store;
  private final NameRegistry registry;
  private final Membership membership;
  private final Departures departures;
  private final QuorumGate gate;
  private final Clock clock;
  private final AtomicBoolean looking = new AtomicBoolean();

  NameSweep(
      Vertx vertx,
      StateStore store,
      NameRegistry registry,
      Membership membership,
      Departures departures,
      QuorumGate gate,
      Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.registry = registry;
    this.membership = membership;
    this.departures = departures;
    this.gate = gate;
    this.clock = clock;
  }

  void memberLost() {
    for (long delay : LOOK_AFTER_MILLIS) {
      vertx.setTimer(delay, timer -> look());
    }
  }

  private void look() {
    if (!gate.isOpen() || !looking.compareAndSet(false, true)) {
      return;
    }
    vertx
        .executeBlocking(() -> store.heldHere((name, stored) -> isOrphan(stored)), false)
        .onSuccess(this::end)
        .onFailure(problem -> LOG.warn("Could not look for names of lost nodes", problem))
        .onComplete(done -> looking.set(false));
  }

  private boolean isOrphan(Stored stored) {
    return departures.claimable(stored.owner(), membership.view(), clock.nanos());
  }

  private void end(Map<String, Stored> orphans) {
    orphans.forEach(
        (name, stored) ->
            registry
                .endOrphan(name, stored)
                .onFailure(problem -> LOG.debug("{} is free, but not ended", name, problem)));
  }
}
