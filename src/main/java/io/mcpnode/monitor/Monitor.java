package io.mcpnode.monitor;

import io.mcpnode.affinity.Moves;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.NodeState;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The monitor of one node, put together. Usable after {@link #start}. */
public final class Monitor implements ClusterMonitor {

  /**
   * @param heartbeat between two reports
   * @param maxHistory readings kept per node
   * @param thresholds until others are set
   */
  public record Settings(Duration heartbeat, int maxHistory, Thresholds thresholds) {}

  private static final Duration ASK = Duration.ofSeconds(1);
  private static final Duration AGREE = Duration.ofSeconds(2);
  private static final int RECENT_HEARTBEATS = 3;

  private record Running(Context context, Station station) {}

  private final Vertx vertx;
  private final Rpc rpc;
  private final Membership membership;
  private final QuorumGate gate;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Settings settings;
  private final ThresholdRegister register;
  private final HealthBoard board;
  private final Tally tally;
  private volatile @Nullable Running running;

  public Monitor(
      Vertx vertx,
      Rpc rpc,
      Membership membership,
      QuorumGate gate,
      Clock clock,
      MeterRegistry registry,
      Settings settings) {
    this.vertx = vertx;
    this.rpc = rpc;
    this.membership = membership;
    this.gate = gate;
    this.clock = clock;
    this.registry = registry;
    this.settings = settings;
    this.register = new ThresholdRegister(membership.self().name(), settings.thresholds());
    this.board = new HealthBoard(membership, register::thresholds);
    this.tally = new Tally(membership.self().name());
  }

  /** The health of a member, as this node sees it now. Any thread, also before the start. */
  public Health healthOf(NodeId node) {
    return board.of(node);
  }

  /** To be told what moves. */
  public Moves moves() {
    return tally;
  }

  /**
   * Begins to watch. To be called when this node serves: from then on a shut quorum gate is a
   * finding. Completes when the other nodes can reach this one's monitor.
   *
   * @param senses who else can tell whether the network is divided
   */
  public Future<Void> start(Sources sources, List<PartitionSense> senses) {
    NodeId self = membership.self();
    MonitorMeters meters = new MonitorMeters(registry);
    Feed feed = new Feed(new EventRing(self.toString(), Feed.KEPT), meters::listenerRefused);
    Watch watch = new Watch(membership, board, clock, settings.maxHistory(), feed::publish);
    long recent = settings.heartbeat().toNanos() * RECENT_HEARTBEATS;
    PartitionSense known =
        () ->
            KnownPartition.detected(
                gate,
                membership.state(self) == NodeState.DRAINING,
                watch.lost(),
                watch.gaps(recent));
    List<PartitionSense> all = new ArrayList<>(senses);
    all.add(known);
    Station station =
        new Station(
            membership,
            clock,
            register,
            watch,
            new Self(membership, sources, register, clock.nanos()),
            new Limits(registry),
            PartitionSense.any(all),
            feed,
            new Outbox(self.name(), happened -> MonitorVerticle.tellAll(rpc, membership, happened)),
            meters);
    MonitorVerticle verticle =
        new MonitorVerticle(
            rpc,
            membership,
            clock,
            station,
            tally,
            new JvmMeters(registry),
            sources.replicas(),
            settings.heartbeat().toMillis());
    return vertx
        .deployVerticle(verticle)
        .map(
            id -> {
              running = new Running(verticle.context(), station);
              return null;
            });
  }

  /** On the monitor's context; fails with NODE_DOWN before the start. */
  private <T> Future<T> on(Function<Station, Future<T>> action) {
    Running now = running;
    if (now == null) {
      return Future.failedFuture(new WireException(Failure.NODE_DOWN, "this node is starting"));
    }
    Promise<T> done = Promise.promise();
    now.context.runOnContext(
        v -> {
          try {
            action.apply(now.station).onComplete(done);
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  @Override
  public Future<NodeHealth> health(String node, boolean fresh) {
    return on(
        station -> {
          @Nullable Member member = membership.view().named(node);
          if (!fresh || member == null) {
            return Future.succeededFuture(known(station, node));
          }
          if (!member.id().equals(membership.self())) {
            return ask(station, member.id());
          }
          station.reported(member.id(), station.report());
          return Future.succeededFuture(known(station, node));
        });
  }

  private NodeHealth known(Station station, String node) {
    @Nullable NodeHealth health = station.health(node);
    if (health == null) {
      List<String> names = station.metrics().nodes().stream().map(NodeHealth::node).toList();
      throw new WireException(
          Failure.NOT_FOUND, "node: \"" + node + "\" (expected: one of " + names + ")");
    }
    return health;
  }

  private Future<NodeHealth> ask(Station station, NodeId node) {
    long asked = clock.nanos();
    return rpc.ask(node, MonitorProtocol.V1, new MonitorProtocol.HowAreYou(), ASK)
        .map(
            reply -> {
              long rtt = clock.nanos() - asked;
              station.reported(node, (MonitorProtocol.Report) reply);
              return known(station, node.name()).answeredAfter(TimeUnit.NANOSECONDS.toMicros(rtt));
            })
        .recover(
            problem ->
                Future.succeededFuture(
                    known(station, node.name())
                        .unanswered(String.valueOf(problem.getMessage()), thresholds())));
  }

  @Override
  public Future<Metrics> metrics() {
    return on(station -> Future.succeededFuture(station.metrics()));
  }

  @Override
  public Thresholds thresholds() {
    return register.thresholds();
  }

  @Override
  public Future<Thresholds> change(UnaryOperator<Thresholds> change) {
    return on(
        station -> {
          Thresholds wanted = change.apply(register.thresholds());
          return agree(station, wanted, true);
        });
  }

  /**
   * A node that had just joined may not have known that others had been set: it tries once more.
   */
  private Future<Thresholds> agree(Station station, Thresholds wanted, boolean again) {
    MonitorProtocol.Adopt adopt = new MonitorProtocol.Adopt(station.set(wanted));
    List<Future<Void>> all =
        membership.view().ids().stream()
            .filter(node -> !node.equals(membership.self()))
            .map(
                node ->
                    rpc.ask(node, MonitorProtocol.V1, adopt, AGREE)
                        .onSuccess(
                            reply -> station.learn(((MonitorProtocol.Adopted) reply).setting()))
                        .<Void>mapEmpty())
            .toList();
    return Future.join(all)
        .transform(
            asked ->
                again && !register.thresholds().equals(wanted)
                    ? agree(station, wanted, false)
                    : Future.succeededFuture(register.thresholds()));
  }

  @Override
  public Future<Subscription> listen(@Nullable String after, int recent, Listener listener) {
    return on(
        station -> {
          station.feed().listen(after, recent, listener);
          return Future.succeededFuture(
              () ->
                  on(
                      there -> {
                        there.feed().leave(listener);
                        return Future.succeededFuture();
                      }));
        });
  }
}
