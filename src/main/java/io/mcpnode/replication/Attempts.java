package io.mcpnode.replication;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.map.IMap;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mutations that are under way. Hazelcast lets a write wait for the acknowledgement of a copy
 * until its time for copies is up, 5 s, even if the copy was on a member that is gone, or if the
 * acknowledgement was lost while partitions moved to a member that has joined. So what is open when
 * a member goes is made again on the members that are left, a few times while they settle; and what
 * takes long is made again, a part of it at a time, since on a busy machine everything takes long.
 */
final class Attempts implements MembershipListener {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final long PAUSE_MILLIS = 50;
  private static final long[] AGAIN_AFTER_MILLIS = {1, 60, 150, 400, 1_000};
  private static final long LOOK_MILLIS = 100;
  private static final int MAX_AGAIN_PER_LOOK = 100;

  private final Vertx vertx;
  private final IMap<String, Stored> map;
  private final QuorumGate gate;
  private final Clock clock;
  private final long patienceNanos;

  /** Submitted, and without an outcome: what still waits for the gate may never be made. */
  private final Set<Attempt> open = ConcurrentHashMap.newKeySet();

  /**
   * @param patienceNanos after which a mutation without a clear outcome fails
   */
  Attempts(
      Vertx vertx, IMap<String, Stored> map, QuorumGate gate, Clock clock, long patienceNanos) {
    this.vertx = vertx;
    this.map = map;
    this.gate = gate;
    this.clock = clock;
    this.patienceNanos = patienceNanos;
    vertx.setPeriodic(LOOK_MILLIS, timer -> submitLateAgain());
  }

  /** Its time begins; it is not submitted yet, and not by itself before {@link Attempt#submit}. */
  Attempt begin(String key, Mutation mutation) {
    return new Attempt(key, mutation, clock.nanos());
  }

  /** A mutation until its outcome is known; may be under way more than once, which is harmless. */
  final class Attempt {

    private final String key;
    private final Mutation mutation;
    private final long deadline;
    private final Promise<Verdict> promise = Promise.promise();
    private final Repeats repeats;
    private volatile boolean again;

    private Attempt(String key, Mutation mutation, long now) {
      this.key = key;
      this.mutation = mutation;
      this.deadline = now + patienceNanos;
      this.repeats = new Repeats(now);
    }

    Promise<Verdict> promise() {
      return promise;
    }

    /** Once; from now on it is made again where that is needed. */
    void submit() {
      open.add(this);
      promise.future().onComplete(done -> open.remove(this));
      send();
    }

    private void send() {
      map.submitToKey(key, new Processors.Mutate(mutation)).whenComplete(this::done);
    }

    private void submitAgain() {
      again = true;
      send();
    }

    private void done(@Nullable Verdict verdict, @Nullable Throwable problem) {
      if (promise.future().isComplete()) {
        return;
      }
      if (problem != null) {
        LOG.debug("{} has no clear outcome", key, problem);
        retry(String.valueOf(problem.getMessage()));
      } else if (!gate.isOpen()) {
        // It may have been made on a side that does not go on.
        retry(gate.reason());
      } else if (verdict == null) {
        fail("no verdict");
      } else if (again
          && mutation instanceof Mutation.Write
          && verdict.outcome() == Verdict.Outcome.STALE) {
        fail("claimed by another node meanwhile");
      } else {
        promise.tryComplete(verdict);
      }
    }

    private void retry(String why) {
      if (clock.nanos() - deadline > 0) {
        fail(why);
      } else if (gate.isOpen()) {
        later(this::submitAgain);
      } else {
        later(() -> retry(why));
      }
    }

    private void fail(String why) {
      promise.tryFail(
          new WireException(
              Failure.INDETERMINATE,
              "nobody knows whether the change of " + key + " happened: " + why));
    }
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    // Nothing waits for it.
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    for (long delay : AGAIN_AFTER_MILLIS) {
      vertx.setTimer(delay, timer -> open.forEach(Attempt::submitAgain));
    }
  }

  private void submitLateAgain() {
    if (open.isEmpty() || !gate.isOpen()) {
      return;
    }
    long now = clock.nanos();
    int submitted = 0;
    for (Attempt attempt : open) {
      if (submitted < MAX_AGAIN_PER_LOOK && attempt.repeats.isDue(now)) {
        submitted++;
        attempt.submitAgain();
      }
    }
  }

  private void later(Runnable action) {
    vertx.setTimer(PAUSE_MILLIS, timer -> action.run());
  }
}
