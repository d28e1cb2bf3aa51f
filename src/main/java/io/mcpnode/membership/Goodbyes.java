package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Who said goodbye, the last hundred. Any thread. */
final class Goodbyes {

  private static final int MAX = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<NodeId> last = new LinkedHashSet<>();

  void add(NodeId node) {
    lock.lock();
    try {
      last.add(node);
      if (last.size() > MAX) {
        last.remove(last.iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  boolean said(NodeId node) {
    lock.lock();
    try {
      return last.contains(node);
    } finally {
      lock.unlock();
    }
  }
}
