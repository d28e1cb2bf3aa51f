package io.mcpnode.affinity;

import io.mcpnode.replication.CommitPipeline;
import io.mcpnode.state.Contents;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The owner's copy of a record: its commits, the requests inside it, and what belongs to it on this
 * node.
 */
final class HostedRecord implements Hosted {

  private final CommitPipeline commits;
  private final Turnstile turnstile;
  private final LossActions lossActions;
  private final Clock clock;
  private final long expiresAt;
  private final ConcurrentHashMap<Class<?>, Object> attachments = new ConcurrentHashMap<>(2);
  private volatile long lastAccess;
  private volatile long notedAccess;

  HostedRecord(CommitPipeline commits, Turnstile turnstile, LossActions lossActions, Clock clock) {
    this.commits = commits;
    this.turnstile = turnstile;
    this.lossActions = lossActions;
    this.clock = clock;
    this.expiresAt = commits.record().expiresAt();
    this.lastAccess = clock.millis();
    this.notedAccess = commits.record().lastAccess();
  }

  @Override
  public StateRecord record() {
    return commits.record();
  }

  @Override
  public StateRecord change(UnaryOperator<Contents> change) {
    return commits.change(change, lastAccess);
  }

  @Override
  public Future<Void> copied(long version) {
    return commits.copied(version);
  }

  @Override
  public void onLost(Consumer<WireException> listener) {
    lossActions.add(listener);
  }

  void forgetLossAction(Consumer<WireException> listener) {
    lossActions.remove(listener);
  }

  @Override
  public void leave() {
    touch(clock.millis());
    turnstile.leave();
  }

  @Override
  public <A> A attachment(Class<A> type, Supplier<A> create) {
    return type.cast(attachments.computeIfAbsent(type, t -> create.get()));
  }

  @Override
  public <A> @Nullable A attached(Class<A> type) {
    return type.cast(attachments.get(type));
  }

  Turnstile turnstile() {
    return turnstile;
  }

  CommitPipeline commits() {
    return commits;
  }

  /** Null while it is owned here. */
  @Nullable WireException lost() {
    return commits.lost();
  }

  boolean isServing() {
    return commits.lost() == null;
  }

  void touch(long now) {
    lastAccess = now;
  }

  long lastAccess() {
    return lastAccess;
  }

  /** Its time is over, or nobody used it for too long. */
  boolean isExpired(long now, long idleMillis) {
    return expiresAt == 0 ? now - lastAccess > idleMillis : now > expiresAt;
  }

  /**
   * The last access if the copies don't know it yet, else -1; from now on they are taken to know
   * it.
   */
  long accessToNote() {
    long access = lastAccess;
    if (access <= notedAccess) {
      return -1;
    }
    notedAccess = access;
    return access;
  }

  void lose(Failure why, String message) {
    commits.lose(new WireException(why, message));
  }
}
