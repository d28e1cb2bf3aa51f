package io.mcpnode.membership;

import com.hazelcast.cluster.Address;
import io.mcpnode.NodeConfig;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * May this node run? Asked before it joins and once more before it serves. Blocks; for the thread
 * that starts the node.
 */
final class JoinCheck {

  private static final Logger LOG = LoggerFactory.getLogger(JoinCheck.class);

  /** A dead node with our name is removed by then. */
  private static final long NAME_PATIENCE = TimeUnit.SECONDS.toNanos(8);

  /** A node with another cookie says so in a few milliseconds. */
  private static final long COOKIE_PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int CONNECT_MILLIS = 300;

  private final Clock clock;

  JoinCheck(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws JoinRefusedException if another process has the port, or the host is not ours
   */
  void portIsFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw new JoinRefusedException(
          "cluster port " + host + ":" + port + " can't be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new JoinRefusedException("cluster port " + host + ":" + port + ": " + e, e);
    }
  }

  /**
   * @throws JoinRefusedException if an older member that lives has the same name
   */
  void nameIsFree(HazelcastView cluster, NodeId self) {
    long begun = clock.nanos();
    while (true) {
      @Nullable Member other = older(cluster.all(), self);
      if (other == null) {
        return;
      }
      if (listens(other.host(), other.port()) || clock.nanos() - begun > NAME_PATIENCE) {
        throw new JoinRefusedException(
            "node.name: \""
                + self.name()
                + "\" is taken by the node at "
                + other.host()
                + ":"
                + other.port()
                + " (expected: unique in the cluster)");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static @Nullable Member older(List<Member> all, NodeId self) {
    for (Member member : all) {
      if (member.id().equals(self)) {
        return null;
      }
      if (member.id().name().equals(self.name())) {
        return member;
      }
    }
    return null;
  }

  /**
   * If this node is alone although seeds answer: asks them, since one with another cookie says no.
   *
   * @throws JoinRefusedException if a seed belongs to a cluster with another cookie
   */
  void cookieFits(HazelcastView cluster, NodeConfig.Cluster config, String ownAddress) {
    List<Address> seeds = listening(config, ownAddress);
    long begun = clock.nanos();
    while (!seeds.isEmpty() && cluster.all().size() == 1) {
      for (Address seed : seeds) {
        if (cluster.refusedUs(seed)) {
          throw new JoinRefusedException(
              "cluster.cookie: the node at "
                  + seed.getHost()
                  + ":"
                  + seed.getPort()
                  + " belongs to a cluster with another cookie");
        }
        cluster.askForMaster(seed);
      }
      if (clock.nanos() - begun > COOKIE_PATIENCE) {
        LOG.warn("Alone, although something listens at the seeds {}", seeds);
        return;
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static List<Address> listening(NodeConfig.Cluster config, String ownAddress) {
    List<Address> listening = new ArrayList<>();
    for (NodeConfig.HostPort seed : config.nodes()) {
      try {
        Address address = new Address(InetAddress.getByName(seed.host()), seed.port());
        boolean own = address.getHost().equals(ownAddress) && seed.port() == config.port();
        if (!own && listens(seed.host(), seed.port())) {
          listening.add(address);
        }
      } catch (UnknownHostException e) {
        LOG.warn("Seed {}: unknown host", seed);
      }
    }
    return listening;
  }

  private static boolean listens(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      LOG.debug("{}:{} does not answer", host, port, e);
      return false;
    }
  }
}
