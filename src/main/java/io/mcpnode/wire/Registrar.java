package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers addresses. A registration is a write that all nodes must know of, and it fails when a
 * member is lost on the way; it is made again then. One that the cluster has lost since, as after a
 * partition, is found by {@link #audit}.
 */
final class Registrar {

  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

  private final VertxInternal vertx;
  private final Set<Registered> all = ConcurrentHashMap.newKeySet();

  Registrar(VertxInternal vertx) {
    this.vertx = vertx;
  }

  /** Completes when the cluster knows the address. */
  Future<Registered> register(String address, Handler<Message<Frame>> handler) {
    Registered registered = new Registered(vertx, address, handler, all::remove);
    return registered.register().map(registered).onSuccess(all::add);
  }

  /**
   * Asks the cluster for each address of this node and registers anew what it does not know.
   * Completes with how many that were; never fails. Nothing to do without a cluster.
   */
  Future<Integer> audit() {
    @Nullable ClusterManager cluster = vertx.clusterManager();
    if (cluster == null) {
      return Future.succeededFuture(0);
    }
    List<Future<Integer>> checks = new ArrayList<>();
    for (Registered registered : all) {
      checks.add(
          isKnown(cluster, registered.address())
              .compose(known -> known ? Future.succeededFuture(0) : repair(registered))
              .recover(
                  problem -> {
                    LOG.debug("{} could not be audited", registered.address(), problem);
                    return Future.succeededFuture(0);
                  }));
    }
    return Future.join(checks).map(done -> checks.stream().mapToInt(Future::result).sum());
  }

  private Future<Boolean> isKnown(ClusterManager cluster, String address) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    cluster.getRegistrations(address, found);
    String self = cluster.getNodeId();
    return found
        .future()
        .map(infos -> infos != null && infos.stream().anyMatch(it -> it.nodeId().equals(self)));
  }

  private static Future<Integer> repair(Registered registered) {
    LOG.warn("{} is unknown to the cluster: registered again", registered.address());
    return registered.registerAgain().map(1);
  }
}
