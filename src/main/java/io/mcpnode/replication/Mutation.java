package io.mcpnode.replication;

import io.mcpnode.wire.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conditional change of one stored record, executed where its first copy is. Making the same
 * mutation again is harmless: it finds its own operation id and answers {@link
 * Verdict.Outcome#APPLIED} once more.
 */
public sealed interface Mutation {

  /** What the mutation does to what is stored now. Pure; runs on every node that holds a copy. */
  Verdict on(@Nullable Stored current);

  /** Stores a new record. */
  record Create(Stored stored) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null || current.operation() == stored.operation()) {
        return Verdict.applied(stored);
      }
      return Verdict.stale(current);
    }
  }

  /**
   * Stores a new record under a key that may have been used before: in the place of a tombstone,
   * under the next epoch.
   */
  record Recreate(Stored stored) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null) {
        return Verdict.applied(stored);
      }
      if (current.operation() == stored.operation()) {
        return Verdict.applied(current);
      }
      return current.ended()
          ? Verdict.applied(stored.under(current.epoch() + 1))
          : Verdict.stale(current);
    }
  }

  /** The owner's change of the contents; refused if another owner has claimed the record. */
  record Write(long epoch, long version, Buffer contents, long now, long operation)
      implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null || current.ended()) {
        return Verdict.GONE;
      }
      if (current.operation() == operation) {
        return Verdict.applied(current);
      }
      return current.epoch() == epoch && current.version() < version
          ? Verdict.applied(current.written(this))
          : Verdict.stale(current);
    }
  }

  /**
   * Stores a record again that its owner has in memory and all copies of which were lost; refused
   * if there is any copy, or a tombstone.
   */
  record Restore(Stored stored) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null || current.operation() == stored.operation()) {
        return Verdict.applied(stored);
      }
      return current.ended() ? Verdict.GONE : Verdict.stale(current);
    }
  }

  /** Makes a node the owner under the next epoch, if the epoch is still the expected one. */
  record Claim(long epoch, NodeId owner, List<String> backups, long operation) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null || current.ended()) {
        return Verdict.GONE;
      }
      if (current.operation() == operation) {
        return Verdict.applied(current);
      }
      return current.epoch() == epoch
          ? Verdict.applied(current.claimed(this))
          : Verdict.stale(current);
    }
  }

  /**
   * Ends the record.
   *
   * @param idleSince only if it was last used at or before this time; {@link Long#MAX_VALUE}:
   *     whenever
   */
  record End(long epoch, long idleSince, long operation) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null) {
        return Verdict.GONE;
      }
      if (current.operation() == operation) {
        return Verdict.applied(current);
      }
      if (current.ended()) {
        return Verdict.GONE;
      }
      return current.epoch() == epoch && current.lastAccess() <= idleSince
          ? Verdict.applied(current.tombstone(operation))
          : Verdict.stale(current);
    }
  }

  /** Notes that the client is alive. */
  record Touch(long epoch, long now) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      if (current == null || current.ended()) {
        return Verdict.GONE;
      }
      return current.epoch() == epoch && current.lastAccess() < now
          ? Verdict.applied(current.touched(now))
          : Verdict.stale(current);
    }
  }

  /** Writes what is there once more, so that every copy is known to exist. */
  record Confirm() implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      return current == null || current.ended() ? Verdict.GONE : Verdict.applied(current);
    }
  }

  /**
   * Marks a key as used, which can be done once until the mark is forgotten with the tombstones.
   */
  record Use(long operation, long now) implements Mutation {
    @Override
    public Verdict on(@Nullable Stored current) {
      return current == null || current.operation() == operation
          ? Verdict.applied(Stored.used(operation, now))
          : Verdict.stale(current);
    }
  }
}
