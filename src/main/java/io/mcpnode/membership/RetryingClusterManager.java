package io.mcpnode.membership;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's cluster manager, whose writes are made again if a copy of what was written is not
 * acknowledged: that happens now and then while partitions move, and would end a node that has just
 * joined. All of them may be made twice.
 */
final class RetryingClusterManager extends HazelcastClusterManager {

  private @Nullable Vertx vertx;

  RetryingClusterManager(HazelcastInstance hazelcast) {
    super(hazelcast);
  }

  @Override
  public void init(Vertx vertx) {
    this.vertx = vertx;
    super.init(vertx);
  }

  private void retrying(Completable<Void> done, Consumer<Completable<Void>> write) {
    new RetriedWrite(Objects.requireNonNull(vertx, "not initialized"), write, done).submit();
  }

  @Override
  public void setNodeInfo(NodeInfo nodeInfo, Completable<Void> done) {
    retrying(done, written -> super.setNodeInfo(nodeInfo, written));
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> done) {
    retrying(done, written -> super.addRegistration(address, registration, written));
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> done) {
    retrying(done, written -> super.removeRegistration(address, registration, written));
  }
}
