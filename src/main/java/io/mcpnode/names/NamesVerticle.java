package io.mcpnode.names;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.names.ClusterNames.Holder;
import io.mcpnode.names.ClusterNames.NameDown;
import io.mcpnode.names.ClusterNames.NodeChange;
import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.partition.Departures;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The timers of names, and the one thread that monitors are told on. */
final class NamesVerticle extends VerticleBase implements Membership.Listener {

  private static final long TICK_MILLIS = 500;
  private static final int LOOKS_PER_TICK = 100;

  private final Rpc rpc;
  private final Membership membership;
  private final Departures departures;
  private final QuorumGate gate;
  private final Clock clock;
  private final Standing standing;
  private final NameRegistry registry;
  private final NameSweep sweep;
  private final NameMeters meters;
  private final int maxMonitors;
  private final Monitors monitors = new Monitors();

  NamesVerticle(
      Rpc rpc,
      Membership membership,
      Departures departures,
      QuorumGate gate,
      Clock clock,
      Standing standing,
      NameRegistry registry,
      NameSweep sweep,
      NameMeters meters,
      int maxMonitors) {
    this.rpc = rpc;
    this.membership = membership;
    this.departures = departures;
    this.gate = gate;
    this.clock = clock;
    this.standing = standing;
    this.registry = registry;
    this.sweep = sweep;
    this.meters = meters;
    this.maxMonitors = maxMonitors;
  }

  @Override
  public Future<?> start() {
    membership.listen(this);
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    return rpc.serve(
        NamesProtocol.V1,
        incoming -> {
          if (incoming.message() instanceof NamesProtocol.Released it) {
            monitors.released(it.name(), it.term());
          }
        });
  }

  private void tick() {
    standing.look(gate.isOpen(), clock.nanos());
    registry.check();
    View view = membership.view();
    monitors.down(it -> departures.claimable(it.node(), view, clock.nanos()), Reason.UNREACHABLE);
    monitors.some(LOOKS_PER_TICK).forEach(this::look);
  }

  /** For what was not heard: a release on another node, a name lost while this one was cut off. */
  private void look(Monitors.OfName monitor) {
    registry
        .whereis(monitor.name())
        .onSuccess(
            holder -> {
              if (holder == null || holder.term() != monitor.term()) {
                onContext(() -> monitors.down(it -> it == monitor, Reason.RELEASED));
              }
            });
  }

  private void onContext(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  /** Gives a name back: tells the others, and this node itself. */
  void released(String name, long term) {
    onContext(() -> monitors.released(name, term));
    for (Member member : membership.view().members()) {
      if (!member.id().equals(membership.self())) {
        rpc.tell(member.id(), NamesProtocol.V1, new NamesProtocol.Released(name, term));
      }
    }
  }

  Future<ClusterNames.Monitor> monitor(String name, String tag, Consumer<NameDown> listener) {
    return registry.whereis(name).compose(holder -> add(() -> add(name, tag, holder, listener)));
  }

  private long add(String name, String tag, @Nullable Holder holder, Consumer<NameDown> listener) {
    if (holder == null) {
      Monitors.tell(() -> listener.accept(new NameDown(tag, name, null, Reason.NOT_HELD)));
      return -1;
    }
    return monitors.add(new Monitors.OfName(name, tag, holder, listener));
  }

  Future<ClusterNames.Monitor> monitorNodes(String tag, Consumer<NodeChange> listener) {
    return add(() -> monitors.add(tag, listener));
  }

  private Future<ClusterNames.Monitor> add(Supplier<Long> addition) {
    Promise<ClusterNames.Monitor> added = Promise.promise();
    onContext(
        () -> {
          if (monitors.size() >= maxMonitors) {
            meters.refused();
            added.fail(
                new WireException(
                    Failure.OVERLOADED, "monitors on this node: " + maxMonitors + " (the limit)"));
          } else {
            long id = addition.get();
            added.complete(() -> onContext(() -> monitors.remove(id)));
          }
        });
    return added.future();
  }

  @Override
  public void joined(View view, Member member) {
    onContext(() -> monitors.joined(member.id()));
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    departures.gone(member.id(), how, clock.nanos());
    sweep.memberLost();
    onContext(() -> monitors.gone(member.id(), how));
  }

  @Override
  public void provenDead(Member member) {
    departures.gone(member.id(), Departure.DIED, clock.nanos());
    sweep.memberLost();
    onContext(() -> monitors.known(member.id(), Departure.DIED));
  }

  @Override
  public void rejoined(View view) {
    // What this node held was perhaps released by the others meanwhile.
    onContext(
        () -> {
          standing.look(false, clock.nanos());
          registry.check();
        });
  }
}
