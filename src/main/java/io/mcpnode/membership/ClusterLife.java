package io.mcpnode.membership;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this node is in a cluster: it merges into another one, or has lost its own for good. */
final class ClusterLife implements LifecycleListener {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterLife.class);

  private final HazelcastInstance hazelcast;
  private final HazelcastView inside;
  private final Runnable onMerging;
  private final Runnable onMerged;
  private final Promise<String> lost = Promise.promise();
  private final AtomicBoolean merging = new AtomicBoolean();
  private volatile boolean closing;

  /**
   * @param onMerging before this node leaves its members for those of another cluster
   * @param onMerged when it is among those
   */
  ClusterLife(
      HazelcastInstance hazelcast, HazelcastView inside, Runnable onMerging, Runnable onMerged) {
    this.hazelcast = hazelcast;
    this.inside = inside;
    this.onMerging = onMerging;
    this.onMerged = onMerged;
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case MERGING -> {
        merging.set(true);
        onMerging.run();
        inside.afterMerge(this::merged);
      }
      case MERGED -> merged();
      case MERGE_FAILED, SHUTTING_DOWN, SHUTDOWN -> stopped();
      default -> LOG.debug("Hazelcast: {}", event.getState());
    }
  }

  /**
   * Hazelcast tells its listeners one after the other, in any order, and no more of them once one
   * has failed: so it is not waited for its word alone.
   */
  private void merged() {
    if (!hazelcast.getLifecycleService().isRunning()) {
      stopped();
    } else if (merging.compareAndSet(true, false)) {
      onMerged.run();
    }
  }

  private void stopped() {
    if (closing) {
      return;
    }
    String reason =
        merging.get()
            ? "the cluster could not be joined again after a partition"
            : "Hazelcast has stopped by itself";
    if (lost.tryComplete(reason)) {
      LOG.error("This node has no cluster any more: {}", reason);
    }
  }

  /** Completes, with the reason, when Hazelcast is no more before {@link #closing}. */
  Future<String> lost() {
    return lost.future();
  }

  /** Whatever Hazelcast does from now on is meant. */
  void closing() {
    closing = true;
  }
}
