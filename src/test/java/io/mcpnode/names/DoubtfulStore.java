package io.mcpnode.names;

import io.mcpnode.replication.ForwardingStore;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A store whose reads can be slow, and of which nobody may hear whether an end was made. */
final class DoubtfulStore extends ForwardingStore {

  private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
  volatile boolean holdsReads;
  volatile boolean losesEnds;

  DoubtfulStore() {
    super(new MemoryStore("n1"));
  }

  int held() {
    return held.size();
  }

  /** Reads what is there now. */
  void release() {
    holdsReads = false;
    for (Runnable read = held.poll(); read != null; read = held.poll()) {
      read.run();
    }
  }

  @Override
  public Future<@Nullable Stored> get(String key) {
    if (!holdsReads) {
      return store.get(key);
    }
    Promise<@Nullable Stored> promise = Promise.promise();
    held.add(() -> store.get(key).onComplete(promise));
    return promise.future();
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    return losesEnds && mutation instanceof Mutation.End
        ? Future.failedFuture(new WireException(Failure.INDETERMINATE, "the test lost it"))
        : store.apply(key, mutation);
  }
}
