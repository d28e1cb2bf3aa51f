package io.mcpnode.replication;

/**
 * Copies of several records together.
 *
 * @param wanted by the replication factor, at most one per live node and record
 * @param present now, counted up to what is wanted
 */
public record Copies(long wanted, long present) {

  public static final Copies NONE = new Copies(0, 0);
}
