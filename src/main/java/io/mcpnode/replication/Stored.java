package io.mcpnode.replication;

import io.mcpnode.state.Contents;
import io.mcpnode.state.ContentsCodec;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A record as it is copied. Its owner can be read without decoding the contents.
 *
 * @param operation who wrote it last: a write whose outcome was unclear finds its own id here and
 *     knows that it happened
 * @param expiresAt epoch milliseconds after which it ends; 0: when nobody uses it for too long
 * @param ended a tombstone: kept for a while so that no older copy can come back
 */
public record Stored(
    Kind kind,
    NodeId owner,
    long epoch,
    long version,
    long operation,
    boolean ended,
    String principal,
    long createdAt,
    long lastAccess,
    long expiresAt,
    List<String> backups,
    Buffer contents) {

  private static final NodeId NOBODY = new NodeId("-", 0);

  /** A new record, at epoch 1 and version 0. */
  public static Stored created(
      Kind kind,
      NodeId owner,
      long operation,
      String principal,
      long now,
      List<String> backups,
      Contents contents) {
    TaskInfo task = contents.task();
    return new Stored(
        kind,
        owner,
        1,
        0,
        operation,
        false,
        principal,
        now,
        now,
        task == null ? 0 : now + task.order().ttlMillis(),
        backups,
        Buffer.buffer(ContentsCodec.encode(contents)));
  }

  /** A record as its owner has it in memory. */
  static Stored of(StateRecord record, long operation) {
    return new Stored(
        record.kind(),
        record.owner(),
        record.epoch(),
        record.version(),
        operation,
        false,
        record.principal(),
        record.createdAt(),
        record.lastAccess(),
        record.expiresAt(),
        record.backups(),
        Buffer.buffer(ContentsCodec.encode(record.contents())));
  }

  public StateRecord record(String key) {
    return new StateRecord(
        key,
        kind,
        owner,
        epoch,
        version,
        principal,
        createdAt,
        lastAccess,
        expiresAt,
        backups,
        ContentsCodec.decode(contents.getBytes()));
  }

  Stored under(long next) {
    return new Stored(
        kind,
        owner,
        next,
        version,
        operation,
        ended,
        principal,
        createdAt,
        lastAccess,
        expiresAt,
        backups,
        contents);
  }

  Stored written(Mutation.Write write) {
    return new Stored(
        kind,
        owner,
        epoch,
        write.version(),
        write.operation(),
        false,
        principal,
        createdAt,
        write.now(),
        expiresAt,
        backups,
        write.contents());
  }

  Stored claimed(Mutation.Claim claim) {
    return new Stored(
        kind,
        claim.owner(),
        epoch + 1,
        version,
        claim.operation(),
        false,
        principal,
        createdAt,
        lastAccess,
        expiresAt,
        claim.backups(),
        contents);
  }

  Stored touched(long now) {
    return new Stored(
        kind, owner, epoch, version, operation, ended, principal, createdAt, now, expiresAt,
        backups, contents);
  }

  /** No record, but a mark that its key was used. */
  static Stored used(long operation, long now) {
    return new Stored(
        Kind.HANDLE, NOBODY, 1, 0, operation, true, "", now, now, 0, List.of(), Buffer.buffer());
  }

  Stored tombstone(long operation) {
    return new Stored(
        kind,
        owner,
        epoch,
        version,
        operation,
        true,
        "",
        createdAt,
        lastAccess,
        expiresAt,
        List.of(),
        Buffer.buffer());
  }
}
