package io.mcpnode.monitor;

/**
 * Copies of records.
 *
 * @param wanted by the replication factor, at most one per live node and record
 */
public record Replicas(long wanted, long present) {

  public static final Replicas NONE = new Replicas(0, 0);

  boolean isComplete() {
    return present >= wanted;
  }
}
