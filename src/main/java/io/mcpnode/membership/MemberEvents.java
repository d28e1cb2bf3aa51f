package io.mcpnode.membership;

import io.mcpnode.membership.Membership.Listener;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners who came and who went, and how: on one context, one after the other, so that the
 * next one waits until it is known how a member went. Goes on probing those without proof of their
 * end.
 */
final class MemberEvents {

  private static final Logger LOG = LoggerFactory.getLogger(MemberEvents.class);

  private final NodeId self;
  private final HazelcastView inside;
  private final Context context;
  private final DeathProbe probe;
  private final Clock clock;
  private final Consumer<NodeId> removed;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Goodbyes goodbyes = new Goodbyes();

  /** Members that went while copies were being moved, until all have been told that they went. */
  private final Set<NodeId> wentMoving = ConcurrentHashMap.newKeySet();

  // Only on the context.
  private final Separation separation;
  private Future<Void> told = Future.succeededFuture();

  /**
   * @param context on which listeners are told
   * @param removed told there of each member that went, before it is known how
   * @param goesOn whether this node serves, as far as it knows
   */
  MemberEvents(
      NodeId self,
      HazelcastView inside,
      Context context,
      DeathProbe probe,
      Seeds seeds,
      Clock clock,
      Consumer<NodeId> removed,
      BooleanSupplier goesOn) {
    this.self = self;
    this.inside = inside;
    this.context = context;
    this.probe = probe;
    this.clock = clock;
    this.removed = removed;
    this.separation = new Separation(seeds, inside, clock, goesOn);
  }

  Context context() {
    return context;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Who said goodbye. */
  Goodbyes goodbyes() {
    return goodbyes;
  }

  /**
   * A member is about to be out of the view. Any thread, before {@link #changed}.
   *
   * @param moving copies may have been on their way then
   */
  void went(NodeId node, boolean moving) {
    if (moving) {
      wentMoving.add(node);
    }
  }

  /** See {@link Membership#knewPlaces}. */
  boolean knewPlaces(NodeId node) {
    return !wentMoving.contains(node);
  }

  /** Any thread. */
  void changed(View before, View after) {
    for (NodeId node : before.ids()) {
      if (!after.contains(node)) {
        context.runOnContext(v -> removed.accept(node));
      }
    }
    context.runOnContext(v -> tellDifference(before, after));
  }

  /** This node is about to leave its members for those of another cluster. Any thread. */
  void merging() {
    each(Listener::merging);
  }

  /** It is among those. Any thread. */
  void merged(Supplier<View> view) {
    context.runOnContext(v -> tell(() -> tellRejoined(view.get())));
  }

  private Future<Void> tellRejoined(View now) {
    LOG.info("Merged into another cluster: view {} {}", now.number(), now.ids());
    each(listener -> listener.rejoined(now));
    return Future.succeededFuture();
  }

  private void tellDifference(View before, View after) {
    for (Member member : before.members()) {
      if (!after.contains(member.id())) {
        tell(() -> departure(member).map(how -> tellGone(after, member, how)));
      }
    }
    for (Member member : after.members()) {
      if (!before.contains(member.id()) && !member.id().equals(self)) {
        tell(() -> tellJoined(after, member));
      }
    }
  }

  private void tell(Supplier<Future<Void>> event) {
    told = told.compose(v -> event.get()).otherwiseEmpty();
  }

  private Future<Departure> departure(Member member) {
    if (goodbyes.said(member.id())) {
      return Future.succeededFuture(Departure.LEFT);
    }
    return probe
        .probe(member.host(), member.port(), DeathProbe.QUICK)
        .map(
            finding ->
                finding == DeathProbe.Finding.REFUSED ? Departure.DIED : Departure.UNREACHABLE);
  }

  private @Nullable Void tellGone(View after, Member member, Departure how) {
    LOG.info("{} is gone ({}): view {} {}", member.id(), how, after.number(), after.ids());
    if (how != Departure.UNREACHABLE) {
      inside.forget(member.host(), member.port());
    } else {
      separation.unreachable(member);
    }
    each(listener -> listener.gone(after, member, how));
    wentMoving.remove(member.id());
    return null;
  }

  private Future<Void> tellJoined(View after, Member member) {
    LOG.info("{} joined: view {} {}", member.id(), after.number(), after.ids());
    separation.back(member.id());
    each(listener -> listener.joined(after, member));
    return Future.succeededFuture();
  }

  private void each(Consumer<Listener> event) {
    for (Listener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A listener of membership failed", e);
      }
    }
  }

  /**
   * Some member may be removed soon, see {@link Separation#threatens}. Any thread.
   *
   * @param threatens as far as its beats tell
   */
  void threatens(boolean threatens) {
    context.runOnContext(v -> separation.threatens(threatens || !told.isComplete()));
  }

  /** Somebody who is gone still takes this node for a member. Any thread. */
  void counted() {
    separation.counted();
  }

  /** Probes once more who was unreachable when it went. Any thread. */
  void probeUnproven() {
    context.runOnContext(v -> probeAll());
  }

  private void probeAll() {
    List<Future<Boolean>> probes =
        List.copyOf(separation.members()).stream().map(this::probeOnce).toList();
    if (!probes.isEmpty()) {
      long begun = clock.nanos();
      Future.join(probes)
          .onComplete(done -> separation.probed(begun, probes.stream().allMatch(Future::result)));
    }
  }

  /** Completes with whether it can be reached. */
  private Future<Boolean> probeOnce(Member member) {
    return probe
        .greet(member.host(), member.port(), DeathProbe.PATIENT)
        .map(
            finding -> {
              if (finding == DeathProbe.Finding.REFUSED && separation.provenDead(member)) {
                LOG.info("{} is proven dead", member.id());
                inside.forget(member.host(), member.port());
                each(listener -> listener.provenDead(member));
              }
              return finding != DeathProbe.Finding.SILENT;
            });
  }
}
