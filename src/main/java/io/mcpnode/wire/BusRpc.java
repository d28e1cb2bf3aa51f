package io.mcpnode.wire;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Rpc} over the clustered event bus, which loses messages when a connection breaks, knows no
 * back-pressure and delivers late. So: plain sends with ids of our own, one table of open requests
 * per event loop ({@link Lane}), a bound per peer, deadlines that are checked on both ends, and an
 * audit of long requests. Requests to the node itself don't touch the bus.
 *
 * <p>Order: {@link #start}, {@link #members}, then use; {@link #peerGone} for each member that
 * left, after the view no longer has it; {@link #close} last.
 */
public final class BusRpc implements Rpc {

  private static final Logger LOG = LoggerFactory.getLogger(BusRpc.class);

  /** Each is an address that all nodes know. */
  private static final int MAX_LANES = 8;

  private static final long AUDIT_MILLIS = 5000;

  private final VertxInternal vertx;
  private final NodeId self;
  private final Clock clock;
  private final int maxInFlightPerPeer;
  private final WireCounters counters;
  private final List<Lane> lanes = new ArrayList<>();
  private final IdentityHashMap<EventExecutor, Lane> laneOfLoop = new IdentityHashMap<>();
  private final Control control;
  private final Registrar registrar;
  private final ConcurrentMap<NodeId, Peer> peers = new ConcurrentHashMap<>();
  private final ReentrantLock servicesLock = new ReentrantLock();
  private volatile IdentityHashMap<Contract, Service> services = new IdentityHashMap<>();
  private volatile Predicate<NodeId> isMember;
  private volatile long auditTimer = -1;

  /**
   * @param maxInFlightPerPeer requests open at once to one node
   */
  public BusRpc(
      Vertx vertx, NodeId self, Clock clock, int maxInFlightPerPeer, MeterRegistry meters) {
    this.vertx = (VertxInternal) vertx;
    this.self = self;
    this.clock = clock;
    this.maxInFlightPerPeer = maxInFlightPerPeer;
    this.counters = WireCounters.of(meters);
    this.isMember = self::equals;
    this.registrar = new Registrar(this.vertx);
    for (EventExecutor loop : this.vertx.nettyEventLoopGroup()) {
      if (lanes.size() < MAX_LANES) {
        ContextInternal context =
            this.vertx.contextBuilder().withEventLoop((EventLoop) loop).build();
        Lane lane = new Lane(this, context, lanes.size());
        lanes.add(lane);
        laneOfLoop.put(loop, lane);
      } else {
        laneOfLoop.put(loop, lanes.get(laneOfLoop.size() % MAX_LANES));
      }
    }
    this.control = new Control(this, lanes.get(0).context());
    depth(meters, "asked", Peer::openAsks);
    depth(meters, "served", peer -> peer.calls().size());
  }

  private void depth(MeterRegistry meters, String direction, ToIntFunction<Peer> depth) {
    Gauge.builder("mcp.wire.requests", peers, all -> all.values().stream().mapToInt(depth).sum())
        .description("Requests between nodes that are open: asked of others, served for others")
        .tag("direction", direction)
        .strongReference(true)
        .register(meters);
  }

  /** Registers the codec and the addresses; completes when the cluster knows them. */
  public Future<Void> start() {
    vertx.eventBus().registerCodec(new FrameCodec());
    List<Future<?>> started = new ArrayList<>();
    lanes.forEach(lane -> started.add(lane.start()));
    started.add(control.start());
    auditTimer = vertx.setPeriodic(AUDIT_MILLIS, timer -> registrar.audit());
    return Future.all(started).mapEmpty();
  }

  /** Fails what is open and closes the addresses. Services are closed by their owners. */
  public Future<Void> close() {
    vertx.cancelTimer(auditTimer);
    List<Future<?>> stopped = new ArrayList<>();
    lanes.forEach(lane -> stopped.add(lane.stop()));
    stopped.add(control.stop());
    return Future.join(stopped).mapEmpty();
  }

  /** Who is a member; until this is called, only the node itself. */
  public void members(Predicate<NodeId> isMember) {
    this.isMember = isMember;
  }

  /**
   * A member left: fails all requests open to it with {@code INDETERMINATE}, and tells the handlers
   * of its requests that nobody waits for them.
   */
  public void peerGone(NodeId node) {
    @Nullable Peer peer = peers.remove(node);
    lanes.forEach(lane -> lane.run(() -> lane.peerGone(node)));
    if (peer != null) {
      List.copyOf(peer.calls().values()).forEach(Call::askerGone);
    }
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public Exchange open(
      NodeId peer,
      Contract contract,
      WireMessage request,
      Duration timeout,
      Consumer<WireMessage> onEvent) {
    Service service = service(contract);
    Body body = Body.of(service.codec(), request);
    ContextInternal context = vertx.getOrCreateContext();
    Lane lane = lane(context);
    long now = clock.nanos();
    Ask ask = new Ask(lane, peer, service, context, onEvent, now, now + timeout.toNanos());
    lane.run(() -> lane.start(ask, body));
    return ask;
  }

  @Override
  public void tell(NodeId peer, Contract contract, WireMessage message) {
    if (!isMember(peer)) {
      return;
    }
    Service service = service(contract);
    long sent = TimeUnit.NANOSECONDS.toMillis(clock.nanos());
    peer(peer)
        .link()
        .toService(
            service,
            new Frame.Tell(self, sent, Body.of(service.codec(), message)),
            cause -> LOG.debug("Not told to {}: {}", peer, cause.getMessage()));
  }

  @Override
  public Future<Registration> serve(Contract contract, Consumer<Incoming> handler) {
    Service service = service(contract);
    ContextInternal context = vertx.getOrCreateContext();
    Endpoint endpoint = new Endpoint(this, service, context, handler);
    return endpoint.open().map(endpoint);
  }

  Clock clock() {
    return clock;
  }

  Registrar registrar() {
    return registrar;
  }

  WireCounters counters() {
    return counters;
  }

  int maxInFlightPerPeer() {
    return maxInFlightPerPeer;
  }

  /** Twice what an asker may have open: it gives up before we forget. */
  int maxCallsPerPeer() {
    return maxInFlightPerPeer * 2;
  }

  boolean isMember(NodeId node) {
    return node.equals(self) || isMember.test(node);
  }

  /** Milliseconds that a message took longer than the fastest ones of its sender. */
  long delay(Peer peer, long sentMillis) {
    return peer.delay().of(sentMillis, TimeUnit.NANOSECONDS.toMillis(clock.nanos()));
  }

  long deadline(long remainingMillis) {
    return clock.nanos() + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
  }

  /**
   * The state kept for a node. For one that is no member it is not kept: it is good for one answer.
   */
  Peer peer(NodeId node) {
    @Nullable Peer known = peers.get(node);
    if (known != null) {
      return known;
    }
    if (!isMember(node)) {
      return new Peer(node, new BusLink(vertx, node));
    }
    return peers.computeIfAbsent(
        node,
        id ->
            new Peer(
                id,
                id.equals(self) ? new LocalLink(vertx, lanes, control) : new BusLink(vertx, id)));
  }

  Collection<Peer> peers() {
    return peers.values();
  }

  /** A message that can't be read is counted and dropped; its sender finds out by the audit. */
  void guarded(Runnable receive) {
    try {
      receive.run();
    } catch (IllegalArgumentException e) {
      counters.malformed().increment();
      LOG.warn("Message dropped: {}", e.getMessage());
    }
  }

  private Lane lane(ContextInternal context) {
    @Nullable Lane own = laneOfLoop.get(context.nettyEventLoop());
    return own != null ? own : lanes.get(0);
  }

  /** Contracts are constants: found by identity. */
  private Service service(Contract contract) {
    @Nullable Service known = services.get(contract);
    if (known != null) {
      return known;
    }
    servicesLock.lock();
    try {
      @Nullable Service added = services.get(contract);
      if (added == null) {
        added = new Service(contract, self);
        IdentityHashMap<Contract, Service> more = new IdentityHashMap<>(services);
        more.put(contract, added);
        services = more;
      }
      return added;
    } finally {
      servicesLock.unlock();
    }
  }
}
