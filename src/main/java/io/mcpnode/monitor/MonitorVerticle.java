package io.mcpnode.monitor;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers and messages of the monitor, on an event loop context and an address of their own. */
final class MonitorVerticle extends VerticleBase implements Membership.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorVerticle.class);

  /** A node that was late by so much may not have read yet what the others sent. */
  private static final long SLEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /** In a row; a node that is always late judges all the same. */
  private static final int MOST_SLOW = 3;

  private final Rpc rpc;
  private final Membership membership;
  private final Clock clock;
  private final Station station;
  private final Tally tally;
  private final JvmMeters jvm;
  private final Supplier<Replicas> replicas;
  private final long intervalMillis;
  private Rpc.@Nullable Registration registration;
  private @Nullable LoopLag lag;
  private boolean counting;
  private long due;
  private int slow;

  /**
   * @param replicas of the records owned here; may block
   */
  MonitorVerticle(
      Rpc rpc,
      Membership membership,
      Clock clock,
      Station station,
      Tally tally,
      JvmMeters jvm,
      Supplier<Replicas> replicas,
      long intervalMillis) {
    this.rpc = rpc;
    this.membership = membership;
    this.clock = clock;
    this.station = station;
    this.tally = tally;
    this.jvm = jvm;
    this.replicas = replicas;
    this.intervalMillis = intervalMillis;
  }

  Context context() {
    return context;
  }

  @Override
  public Future<?> start() {
    LoopLag probes = LoopLag.start(vertx, clock);
    lag = probes;
    membership.listen(this);
    return rpc.serve(MonitorProtocol.V1, this::receive)
        .onSuccess(
            served -> {
              registration = served;
              due = clock.nanos();
              beat(probes);
            });
  }

  @Override
  public Future<?> stop() {
    jvm.close();
    if (lag != null) {
      lag.stop();
    }
    return registration == null ? Future.succeededFuture() : registration.close();
  }

  /** Each heartbeat arms the next one, so that they don't come in a bunch after a pause. */
  private void beat(LoopLag probes) {
    long now = clock.nanos();
    long delay = Math.max(0, now - due);
    due = now + TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    vertx.setTimer(intervalMillis, timer -> beat(probes));
    count();
    boolean slept = delay > SLEPT_NANOS && slow < MOST_SLOW;
    slow = slept ? slow + 1 : 0;
    station.moved(tally.take(clock.millis()));
    MonitorProtocol.Report report = station.heartbeat(probes.take(), delay, slept);
    tellAll(rpc, membership, report);
  }

  static void tellAll(Rpc rpc, Membership membership, WireMessage message) {
    for (NodeId node : membership.view().ids()) {
      if (!node.equals(membership.self())) {
        rpc.tell(node, MonitorProtocol.V1, message);
      }
    }
  }

  private void count() {
    if (counting) {
      return;
    }
    counting = true;
    vertx
        .executeBlocking(replicas::get, false)
        .onComplete(
            counted -> {
              counting = false;
              station.replicas(counted);
            },
            problem -> {
              counting = false;
              LOG.warn("Copies could not be counted: {}", problem.toString());
            });
  }

  private void receive(Rpc.Incoming incoming) {
    WireMessage message = incoming.message();
    if (message instanceof MonitorProtocol.Report report) {
      station.reported(incoming.from(), report);
    } else if (message instanceof MonitorProtocol.Happened happened) {
      station.happened(incoming.from(), happened);
    } else if (message instanceof MonitorProtocol.HowAreYou) {
      incoming.reply(station.report());
    } else if (message instanceof MonitorProtocol.Adopt adopt) {
      incoming.reply(new MonitorProtocol.Adopted(station.learn(adopt.setting())));
    } else {
      incoming.fail(new WireException(Failure.INVALID, "not a request: " + message));
    }
  }

  @Override
  public void joined(View view, Member member) {
    context.runOnContext(v -> station.joined(member));
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    context.runOnContext(v -> station.gone(member, how));
  }

  @Override
  public void provenDead(Member member) {
    context.runOnContext(v -> station.provenDead(member));
  }
}
