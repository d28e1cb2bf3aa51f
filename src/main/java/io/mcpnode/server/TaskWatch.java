package io.mcpnode.server;

import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Who waits, at the owner of a task, for what becomes of it. Bounded. */
final class TaskWatch {

  static final int MAX_WATCHERS = 64;

  /** One who waits. */
  interface Watcher {

    /** The task has changed, and all copies know it. */
    void changed(StateRecord record, TaskInfo task);

    /** It is the run of the task, which takes no place from those who only want to know. */
    default boolean isRun() {
      return false;
    }

    /** It has a stream to the client of the task. */
    default boolean listens() {
      return false;
    }

    /** A message of the task for its client. */
    default Future<Void> event(Buffer message) {
      return Future.succeededFuture();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Watcher> watchers = new ArrayList<>();

  /** False if too many wait already. */
  boolean add(Watcher watcher) {
    lock.lock();
    try {
      return (watcher.isRun() || watchers.size() < MAX_WATCHERS) && watchers.add(watcher);
    } finally {
      lock.unlock();
    }
  }

  /** True for one caller: whoever has removed it ends its wait. */
  boolean remove(Watcher watcher) {
    lock.lock();
    try {
      return watchers.remove(watcher);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return watchers.size();
    } finally {
      lock.unlock();
    }
  }

  void changed(StateRecord record, TaskInfo task) {
    List<Watcher> all;
    lock.lock();
    try {
      all = List.copyOf(watchers);
    } finally {
      lock.unlock();
    }
    all.forEach(watcher -> watcher.changed(record, task));
  }

  /** A message goes out on one stream only, the newest; without any, nobody misses it. */
  Future<Void> event(Buffer message) {
    Watcher listening = null;
    lock.lock();
    try {
      for (Watcher watcher : watchers) {
        listening = watcher.listens() ? watcher : listening;
      }
    } finally {
      lock.unlock();
    }
    return listening == null ? Future.succeededFuture() : listening.event(message);
  }
}
