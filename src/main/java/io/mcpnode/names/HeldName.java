package io.mcpnode.names;

import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A name that this node holds, as far as it knows. */
final class HeldName implements ClusterNames.Hold {

  private final String name;
  private final long term;
  private final Standing standing;
  private final QuorumGate gate;
  private final Clock clock;
  private final NameRegistry registry;
  private final Promise<Reason> ended = Promise.promise();
  private volatile long certainSince;

  /**
   * @param certainSince the interruptions there had been when the store was asked
   */
  HeldName(
      String name,
      long term,
      Standing standing,
      long certainSince,
      QuorumGate gate,
      Clock clock,
      NameRegistry registry) {
    this.name = name;
    this.term = term;
    this.standing = standing;
    this.certainSince = certainSince;
    this.gate = gate;
    this.clock = clock;
    this.registry = registry;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long term() {
    return term;
  }

  @Override
  public boolean isHeld() {
    return !ended.future().isComplete()
        && standing.isUninterruptedSince(certainSince, clock.nanos())
        && gate.isOpen();
  }

  /** There was an interruption, and the store has not been asked since. */
  boolean isUncertain() {
    return certainSince != standing.interruptions();
  }

  void foundHeld(long interruptionsBefore) {
    certainSince = interruptionsBefore;
  }

  void end(Reason reason) {
    ended.tryComplete(reason);
  }

  @Override
  public Future<Void> release() {
    return registry.release(this);
  }

  @Override
  public Future<Reason> ended() {
    return ended.future();
  }
}
