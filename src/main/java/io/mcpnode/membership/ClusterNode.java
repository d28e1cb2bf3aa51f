package io.mcpnode.membership;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mcpnode.NodeConfig;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.BusSettings;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Steps;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in its cluster: Hazelcast, the clustered Vert.x on it, requests between nodes and the
 * membership, started and stopped in the right order.
 */
public final class ClusterNode {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final Duration SUSPECT_AFTER = Duration.ofMillis(1200);

  private static final Duration STEP = Duration.ofSeconds(3);

  private final HazelcastInstance hazelcast;
  private final Vertx vertx;
  private final BusRpc rpc;
  private final HazelcastMembership membership;
  private final StatusBoard status;
  private final MembershipVerticle verticle;
  private final OwnState own;

  private ClusterNode(
      HazelcastInstance hazelcast,
      Vertx vertx,
      BusRpc rpc,
      HazelcastMembership membership,
      StatusBoard status,
      MembershipVerticle verticle,
      OwnState own) {
    this.hazelcast = hazelcast;
    this.vertx = vertx;
    this.rpc = rpc;
    this.membership = membership;
    this.status = status;
    this.verticle = verticle;
    this.own = own;
  }

  /**
   * Joins the cluster, or begins one if no seed is there. Completes when this node sends
   * heartbeats; fails with {@link JoinRefusedException} if it must not run: its cluster port or its
   * name is taken, or its seeds belong to a cluster with another cookie. What was started is
   * stopped then.
   *
   * @param version of the software
   * @param httpPort where clients reach it
   * @param customizer adds what others keep in Hazelcast
   */
  public static Future<ClusterNode> start(
      NodeConfig config,
      NodeId self,
      String version,
      int httpPort,
      Consumer<Config> customizer,
      MeterRegistry meters) {
    Clock clock = Clock.SYSTEM;
    Attributes attributes = new Attributes(self, version, httpPort, clock.millis());
    Promise<Joined> joined = Promise.promise();
    ExecutorService starter = Executors.newSingleThreadExecutor();
    starter.execute(
        () -> {
          try {
            joined.complete(join(config.cluster(), attributes, customizer, clock));
          } catch (RuntimeException e) {
            joined.fail(e);
          }
        });
    starter.shutdown();
    return joined
        .future()
        .compose(
            in ->
                vertx(config.cluster().host(), in.hazelcast)
                    .compose(
                        vertx ->
                            outlasting(compose(config.cluster(), self, clock, in, vertx, meters))
                                .recover(
                                    failure ->
                                        vertx.close().transform(v -> Future.failedFuture(failure))))
                    .onFailure(failure -> in.hazelcast.getLifecycleService().terminate()));
  }

  /** The same, but it completes on no event loop: these end before what is to be told of it. */
  private static <T> Future<T> outlasting(Future<T> future) {
    return Future.fromCompletionStage(future.toCompletionStage());
  }

  private record Joined(HazelcastInstance hazelcast, Config config) {}

  private static Joined join(
      NodeConfig.Cluster cluster, Attributes attributes, Consumer<Config> customizer, Clock clock) {
    String address = address(cluster.host());
    JoinCheck check = new JoinCheck(clock);
    check.portIsFree(cluster.host(), cluster.port());
    Config config = HazelcastConfigs.of(cluster, address, attributes);
    customizer.accept(config);
    HazelcastInstance hazelcast = newHazelcast(cluster, config);
    try {
      HazelcastView view = new HazelcastView(hazelcast);
      check.cookieFits(view, cluster, address);
      check.nameIsFree(view, attributes.id());
    } catch (RuntimeException e) {
      hazelcast.getLifecycleService().terminate();
      throw e;
    }
    return new Joined(hazelcast, config);
  }

  private static HazelcastInstance newHazelcast(NodeConfig.Cluster cluster, Config config) {
    try {
      return Hazelcast.newHazelcastInstance(config);
    } catch (RuntimeException e) {
      throw new JoinRefusedException(
          "cluster " + cluster.host() + ":" + cluster.port() + ": " + e.getMessage(), e);
    }
  }

  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new JoinRefusedException("cluster.host: \"" + host + "\" is not known", e);
    }
  }

  private static Future<Vertx> vertx(String host, HazelcastInstance hazelcast) {
    // One for each processor: with more, a forwarded call changes threads on its way, which costs
    // an eighth of it.
    VertxOptions options =
        new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    BusSettings.apply(options, host);
    VertxBuilder builder =
        Vertx.builder().with(options).withClusterManager(new RetryingClusterManager(hazelcast));
    if (Transport.EPOLL != null && Transport.EPOLL.available()) {
      builder.withTransport(Transport.EPOLL);
    } else {
      LOG.info("No epoll here: the bus notices dead connections later");
    }
    return builder.buildClustered();
  }

  private static Future<ClusterNode> compose(
      NodeConfig.Cluster config,
      NodeId self,
      Clock clock,
      Joined in,
      Vertx vertx,
      MeterRegistry meters) {
    BusRpc rpc = new BusRpc(vertx, self, clock, config.maxInFlightPerPeer(), meters);
    OwnState own = new OwnState();
    FailureDetector detector = new FailureDetector(SUSPECT_AFTER, config.heartbeatInterval());
    DeathProbe probe = new DeathProbe(vertx);
    Seeds seeds = new Seeds(in.config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig());
    HazelcastMembership membership =
        new HazelcastMembership(
            self,
            in.hazelcast,
            ((VertxInternal) vertx).createEventLoopContext(),
            detector,
            probe,
            seeds,
            clock,
            rpc::peerGone);
    membership.own(() -> own.load(), own::state);
    Others others = new Others();
    Connector connector =
        new Connector(
            vertx, membership.context(), membership, probe, seeds, others::tellSeeds, clock);
    MembershipVerticle verticle =
        new MembershipVerticle(membership, connector, rpc, clock, () -> own.load(), own::state);
    others.verticle = verticle;
    Downs downs = new Downs(clock);
    membership.listen(downs);
    rpc.members(node -> membership.view().contains(node));
    return rpc.start()
        .compose(
            v -> {
              membership.start();
              StatusBoard status = new StatusBoard(membership, downs, connector, clock);
              membership.listen(status);
              return vertx
                  .deployVerticle(verticle)
                  .map(
                      id ->
                          new ClusterNode(
                              in.hazelcast, vertx, rpc, membership, status, verticle, own));
            });
  }

  /** The way from the connector to the verticle, which is made later. */
  private static final class Others {
    volatile @Nullable MembershipVerticle verticle;

    void tellSeeds(List<String> nodes) {
      MembershipVerticle known = verticle;
      if (known != null) {
        known.tellAll(new MembershipProtocol.Seeds(nodes));
      }
    }
  }

  /** The configured name of a node, as its Hazelcast member tells it. */
  public static String nameOf(com.hazelcast.cluster.Member member) {
    Attributes attributes = Attributes.of(member::getAttribute);
    return attributes == null ? member.getAddress().toString() : attributes.id().name();
  }

  public HazelcastInstance hazelcast() {
    return hazelcast;
  }

  public Vertx vertx() {
    return vertx;
  }

  public BusRpc rpc() {
    return rpc;
  }

  public Membership membership() {
    return membership;
  }

  public ClusterStatus status() {
    return status;
  }

  /** Where the number of records that this node owns comes from. */
  public void load(IntSupplier load) {
    own.load(load);
  }

  /** Where it comes from whether this node's quorum gate is shut. */
  public void quarantined(BooleanSupplier quarantined) {
    own.quarantined(quarantined);
  }

  /** Where the health of each node comes from, for the status. */
  public void health(Function<NodeId, Health> health) {
    status.health(health);
  }

  /** Where it comes from whether the records of this node are not all in the cluster yet. */
  public void merging(BooleanSupplier merging) {
    own.merging(merging);
  }

  /** Tells the others at once whether this node takes new state. */
  public void draining(boolean draining) {
    own.draining(draining);
    verticle.announce();
  }

  /**
   * Tells the others that it is about to leave, so that they ask it for nothing any more and see
   * its end as {@link Departure#LEFT}. Completes when they can be expected to have heard.
   */
  public Future<Void> goodbye() {
    own.leaving();
    return verticle.goodbye();
  }

  /**
   * Completes, with the reason in one line, when Hazelcast has stopped by itself, as it does when
   * it can't join the others again after a partition. Nothing of this node works then; it must be
   * closed, and another one started.
   */
  public Future<String> lost() {
    return membership.life().lost();
  }

  /** Leaves. Completes, on a thread of its own, when Hazelcast and Vert.x have stopped. */
  public Future<Void> close() {
    membership.life().closing();
    CompletableFuture<Void> done = new CompletableFuture<>();
    ExecutorService leaver = Executors.newSingleThreadExecutor();
    leaver.execute(
        () -> {
          leave();
          done.complete(null);
        });
    leaver.shutdown();
    return Future.fromCompletionStage(done);
  }

  private void leave() {
    Steps.take("close the addresses", STEP, rpc::close);
    Steps.take("close Vert.x", STEP, vertx::close);
    try {
      // Gives its copies to the others, which takes as long as there is data.
      hazelcast.shutdown();
    } catch (RuntimeException e) {
      LOG.warn("Leaving: Hazelcast did not stop properly: {}", e.toString());
      hazelcast.getLifecycleService().terminate();
    }
  }
}
