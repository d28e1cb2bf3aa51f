package io.mcpnode.state;

import io.mcpnode.wire.NodeId;
import java.util.List;

/**
 * A piece of state with its owner. Invariant: under one epoch only {@code owner} executes and
 * writes; epochs grow with every change of the owner, versions with every change of the contents.
 *
 * @param key session id, handle or task id
 * @param principal who may use it
 * @param createdAt epoch milliseconds
 * @param lastAccess epoch milliseconds, as of the last write or batch of touches
 * @param expiresAt epoch milliseconds after which it ends; 0: when nobody uses it for too long
 * @param backups names of the nodes that shall take over, in this order; empty: whoever is least
 *     loaded
 */
public record StateRecord(
    String key,
    Kind kind,
    NodeId owner,
    long epoch,
    long version,
    String principal,
    long createdAt,
    long lastAccess,
    long expiresAt,
    List<String> backups,
    Contents contents) {

  public StateRecord {
    backups = List.copyOf(backups);
  }

  public StateRecord changed(Contents contents, long now) {
    return new StateRecord(
        key,
        kind,
        owner,
        epoch,
        version + 1,
        principal,
        createdAt,
        now,
        expiresAt,
        backups,
        contents);
  }

  public StateRecord ownedBy(NodeId owner, List<String> backups, long now) {
    return new StateRecord(
        key, kind, owner, epoch + 1, version, principal, createdAt, now, expiresAt, backups,
        contents);
  }

  public StateRecord touched(long now) {
    return new StateRecord(
        key, kind, owner, epoch, version, principal, createdAt, now, expiresAt, backups, contents);
  }
}
