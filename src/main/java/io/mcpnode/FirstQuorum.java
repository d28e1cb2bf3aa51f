package io.mcpnode;

import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that has just joined waits until its side of the cluster may serve. */
@NullMarked
final class FirstQuorum {

  private static final Logger LOG = LoggerFactory.getLogger(FirstQuorum.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final long POLL_MILLIS = 20;

  private final Vertx vertx;
  private final QuorumGate gate;
  private final Promise<Void> open = Promise.promise();
  private final long since = Clock.SYSTEM.nanos();
  private boolean said;

  private FirstQuorum(Vertx vertx, QuorumGate gate) {
    this.vertx = vertx;
    this.gate = gate;
  }

  /** Completes when the gate is open; fails with a {@link StartException} after half a minute. */
  static Future<Void> of(Vertx vertx, QuorumGate gate) {
    FirstQuorum wait = new FirstQuorum(vertx, gate);
    vertx.setPeriodic(1, POLL_MILLIS, wait::look);
    return wait.open.future();
  }

  private void look(long timer) {
    Duration waited = Duration.ofNanos(Clock.SYSTEM.nanos() - since);
    if (gate.isOpen()) {
      vertx.cancelTimer(timer);
      open.tryComplete();
    } else if (waited.compareTo(PATIENCE) > 0) {
      vertx.cancelTimer(timer);
      open.tryFail(new StartException(ExitCode.UNAVAILABLE, gate.reason()));
    } else if (waited.compareTo(SILENCE) > 0 && !said) {
      said = true;
      LOG.warn("Waits up to {} s until it may serve: {}", PATIENCE.toSeconds(), gate.reason());
    }
  }
}
