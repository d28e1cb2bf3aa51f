package io.mcpnode.replication;

import io.mcpnode.partition.Partitions.Merged;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What came of the records that another side brought, on the node that compared them. */
final class Merges {

  /** Where the policy finds it: the user context of the node's Hazelcast. */
  static final String NAME = "mcp.merges";

  private static final int MAX_LAST = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<String> last = new ArrayDeque<>();
  private long brought;
  private long replaced;
  private long kept;

  void brought(String key) {
    lock.lock();
    try {
      brought++;
      remember(key);
    } finally {
      lock.unlock();
    }
  }

  void replaced(String key) {
    lock.lock();
    try {
      replaced++;
      remember(key);
    } finally {
      lock.unlock();
    }
  }

  void kept() {
    lock.lock();
    try {
      kept++;
    } finally {
      lock.unlock();
    }
  }

  private void remember(String key) {
    if (last.size() == MAX_LAST) {
      last.removeFirst();
    }
    last.addLast(key);
  }

  Merged merged() {
    lock.lock();
    try {
      return new Merged(brought, replaced, kept, List.copyOf(last));
    } finally {
      lock.unlock();
    }
  }
}
