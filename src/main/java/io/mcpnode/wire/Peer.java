package io.mcpnode.wire;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is open between this node and one other: our requests to it, its requests to us. */
final class Peer {

  private final NodeId id;
  private final Link link;
  private final AtomicInteger asks = new AtomicInteger();
  private final TransitDelay delay = new TransitDelay();

  /** Its requests that are executed here, by their id. */
  private final ConcurrentMap<Long, Call> calls = new ConcurrentHashMap<>();

  Peer(NodeId id, Link link) {
    this.id = id;
    this.link = link;
  }

  NodeId id() {
    return id;
  }

  Link link() {
    return link;
  }

  TransitDelay delay() {
    return delay;
  }

  ConcurrentMap<Long, Call> calls() {
    return calls;
  }

  /** Takes a place for a request to it; false: all are taken. */
  boolean acquire(int max) {
    if (asks.incrementAndGet() <= max) {
      return true;
    }
    asks.decrementAndGet();
    return false;
  }

  void release() {
    asks.decrementAndGet();
  }

  int openAsks() {
    return asks.get();
  }
}
