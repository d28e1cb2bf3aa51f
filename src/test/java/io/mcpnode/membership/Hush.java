package io.mcpnode.membership;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import com.hazelcast.internal.networking.nio.NioNetworking;
import com.hazelcast.internal.networking.nio.NioThread;
import com.hazelcast.internal.server.tcp.TcpServer;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Makes nodes of this process silent, as a cut or a stopped process would: all threads that read
 * and write their connections wait until the end, and the connections stay open.
 */
final class Hush implements AutoCloseable {

  private final CountDownLatch end = new CountDownLatch(1);

  /** What members need so that they can be silent, and are not removed by Hazelcast for it. */
  static void prepare(Config config) {
    config.setProperty("hazelcast.io.write.through", "false"); // else any thread writes
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "600");
  }

  /** Hazelcast at that member. Returns when it is silent. */
  void silence(HazelcastInstance member) {
    NioNetworking networking =
        (NioNetworking) ((TcpServer) inside(member).getServer()).getNetworking();
    List<NioThread> threads = new ArrayList<>(List.of(networking.getInputThreads()));
    threads.addAll(List.of(networking.getOutputThreads()));
    CountDownLatch silent = new CountDownLatch(threads.size());
    threads.forEach(thread -> thread.addTaskAndWakeup(() -> hold(silent)));
    await(silent);
  }

  /** The event bus and the timers of that Vert.x. Returns when it is silent. */
  void silence(Vertx vertx) {
    int loops = Runtime.getRuntime().availableProcessors();
    CountDownLatch silent = new CountDownLatch(loops);
    // Contexts go to one event loop after the other.
    for (int i = 0; i < loops; i++) {
      ((VertxInternal) vertx).createEventLoopContext().runOnContext(v -> hold(silent));
    }
    await(silent);
  }

  private void hold(CountDownLatch silent) {
    silent.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the member ends
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
  }

  /** How long Hazelcast at one member has not heard of the member at that port. */
  static long millisSinceHeard(HazelcastInstance by, int port) {
    ClusterServiceImpl cluster = inside(by).getClusterService();
    for (MemberImpl member : cluster.getMemberImpls()) {
      Address address = member.getAddress();
      if (address.getPort() == port) {
        return cluster.getClusterClock().getClusterTime()
            - cluster.getClusterHeartbeatManager().getLastHeartbeatTime(member);
      }
    }
    throw new AssertionError("nobody is at port " + port);
  }

  private static Node inside(HazelcastInstance member) {
    return ((HazelcastInstanceProxy) member).getOriginal().node;
  }

  @Override
  public void close() {
    end.countDown();
  }
}
