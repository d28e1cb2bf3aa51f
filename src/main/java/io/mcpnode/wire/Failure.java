package io.mcpnode.wire;

/** Why a request between nodes failed. Each reason tells the caller its next move. */
public enum Failure {
  /** The record moved; ask its owner, once. Never leaves the cluster. */
  NOT_OWNER,
  /** The writer was fenced off by a later owner; drop the copy, never retry. */
  STALE_EPOCH,
  /** This side of the cluster must not write now. Later. */
  NO_QUORUM,
  /** The node takes no new state. Elsewhere. */
  DRAINING,
  /** A limit was reached. Later. */
  OVERLOADED,
  /** <em>Not</em> executed: the peer is gone or was never reached. Elsewhere, safely. */
  NODE_DOWN,
  /** Perhaps executed: the peer went while it had the request, or the deadline passed. */
  INDETERMINATE,
  /** Ended, or never was. */
  NOT_FOUND,
  /** The message is wrong. */
  INVALID,
  /** A bug of ours. */
  INTERNAL,
  /** <em>Not</em> executed: the request came after its deadline. Elsewhere, if there is time. */
  LATE
}
