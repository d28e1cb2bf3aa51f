package io.mcpnode.membership;

import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends and receives heartbeats, on an event loop context and an address of their own. */
final class MembershipVerticle extends VerticleBase {

  static final long BEAT_MILLIS = 300;
  private static final long GOODBYE_MILLIS = 100;
  private static final int BEATS_BETWEEN_CHECKS = 3;

  private final HazelcastMembership membership;
  private final SilenceWatch silence;
  private final Connector connector;
  private final Rpc rpc;
  private final Clock clock;
  private final IntSupplier load;
  private final Supplier<NodeState> state;
  private Rpc.@Nullable Registration registration;
  private long beats;

  MembershipVerticle(
      HazelcastMembership membership,
      Connector connector,
      Rpc rpc,
      Clock clock,
      IntSupplier load,
      Supplier<NodeState> state) {
    this.membership = membership;
    this.silence =
        new SilenceWatch(
            membership::view, membership.detector()::lastBeats, membership.inside()::giveUp);
    this.connector = connector;
    this.rpc = rpc;
    this.clock = clock;
    this.load = load;
    this.state = state;
  }

  @Override
  public Future<?> start() {
    return rpc.serve(MembershipProtocol.V1, this::receive)
        .onSuccess(
            served -> {
              registration = served;
              vertx.setPeriodic(BEAT_MILLIS, id -> tick());
              beat();
            });
  }

  @Override
  public Future<?> stop() {
    return registration == null ? Future.succeededFuture() : registration.close();
  }

  private void tick() {
    membership.refresh();
    silence.look();
    membership.watchSuspects();
    beat();
    membership.events().probeUnproven();
    beats++;
    if (beats % BEATS_BETWEEN_CHECKS == 0) {
      connector.check();
    }
  }

  /** Tells all members now how this node is. Any thread. */
  void announce() {
    context.runOnContext(v -> beat());
  }

  private void beat() {
    View view = membership.view();
    long now = clock.nanos();
    for (NodeId node : view.ids()) {
      if (node.equals(membership.self())) {
        continue;
      }
      FailureDetector.@Nullable Pulse pulse = membership.detector().pulse(node);
      boolean heard = pulse != null && pulse.sent() != 0;
      rpc.tell(
          node,
          MembershipProtocol.V1,
          new MembershipProtocol.Beat(
              now,
              heard && pulse != null ? pulse.sent() : 0,
              heard && pulse != null ? now - pulse.heard() : 0,
              load.getAsInt(),
              state.get(),
              view.number(),
              membership.places(),
              membership.detector().hears(now)));
    }
  }

  private void receive(Rpc.Incoming incoming) {
    WireMessage message = incoming.message();
    if (message instanceof MembershipProtocol.Beat beat) {
      membership.heard(incoming.from(), beat);
    } else if (message instanceof MembershipProtocol.Goodbye) {
      membership.leaving(incoming.from());
    } else if (message instanceof MembershipProtocol.Seeds seeds) {
      connector.addSeeds(seeds.nodes());
    }
  }

  /** Sends a message to every other member. Any thread. */
  void tellAll(WireMessage message) {
    for (NodeId node : membership.view().ids()) {
      if (!node.equals(membership.self())) {
        rpc.tell(node, MembershipProtocol.V1, message);
      }
    }
  }

  /** Says goodbye; completes when the others can be expected to have heard it. */
  Future<Void> goodbye() {
    Promise<Void> said = Promise.promise();
    context.runOnContext(
        v -> {
          tellAll(new MembershipProtocol.Goodbye());
          vertx.timer(GOODBYE_MILLIS, TimeUnit.MILLISECONDS).onComplete(done -> said.complete());
        });
    return said.future();
  }
}
