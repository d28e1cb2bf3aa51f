package io.mcpnode.membership;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.cluster.impl.MemberMap;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view as Hazelcast's members agree on it. Any event of Hazelcast makes it read the member list
 * anew, and what is told to listeners is the difference: no event can be missed or come twice.
 */
final class HazelcastMembership implements Membership, MembershipListener {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastMembership.class);

  private final NodeId self;
  private final HazelcastInstance hazelcast;
  private final HazelcastView inside;
  private final MemberEvents events;
  private final FailureDetector detector;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ClusterLife life;
  private volatile @Nullable MemberMap read;
  private volatile View view;
  private volatile IntSupplier ownLoad = () -> 0;
  private volatile Supplier<NodeState> ownState = () -> NodeState.SERVING;

  /**
   * @param context on which listeners are told
   * @param removed told, on the context, of each member that is out of the view, before it is known
   *     how it went
   */
  HazelcastMembership(
      NodeId self,
      HazelcastInstance hazelcast,
      Context context,
      FailureDetector detector,
      DeathProbe probe,
      Seeds seeds,
      Clock clock,
      Consumer<NodeId> removed) {
    this.self = self;
    this.hazelcast = hazelcast;
    this.inside = new HazelcastView(hazelcast);
    this.detector = detector;
    this.clock = clock;
    this.view = new View(0, List.of());
    this.events =
        new MemberEvents(self, inside, context, probe, seeds, clock, removed, this::goesOn);
    this.life = new ClusterLife(hazelcast, inside, events::merging, this::merged);
  }

  void start() {
    hazelcast.getCluster().addMembershipListener(this);
    hazelcast.getLifecycleService().addLifecycleListener(life);
    View first = viewNow();
    LOG.info("{} is a member: view {} {}", self, first.number(), first.ids());
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    refresh();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    // Before Hazelcast looks for it: where it may be found again, and when, is Separation's to say.
    // A search that has begun can't be stopped, and would bring it back over a broken link.
    Address address = event.getMember().getAddress();
    inside.forget(address.getHost(), address.getPort());
    refresh();
  }

  private void merged() {
    refresh();
    events.merged(this::view);
  }

  @Override
  public View viewNow() {
    if (inside.map() != read) {
      refresh();
    }
    return view;
  }

  /**
   * Reads the member list and tells what has changed: not from here, since whoever asks may hold a
   * lock. Any thread.
   */
  void refresh() {
    lock.lock();
    try {
      MemberMap map = inside.map();
      if (map == read) {
        return;
      }
      View next = HazelcastView.view(map);
      View before = view;
      if (!next.contains(self) || next.equals(before)) {
        read = map;
        return; // this node is between two clusters, or nothing has changed
      }
      for (Member member : next.members()) {
        if (!before.contains(member.id()) && !member.id().equals(self)) {
          detector.joined(member.id(), next.number(), clock.nanos());
        }
      }
      List<NodeId> gone = before.ids().stream().filter(id -> !next.contains(id)).toList();
      for (NodeId node : gone) {
        FailureDetector.@Nullable Pulse pulse = detector.pulse(node);
        events.went(node, pulse == null || !pulse.still());
      }
      view = next;
      read = map; // not before: whoever sees it takes the view for that of the map
      gone.forEach(detector::gone);
      events.changed(before, next);
    } finally {
      lock.unlock();
    }
  }

  /** Looks whether a separation threatens. Any thread. */
  void watchSuspects() {
    events.threatens(view.ids().stream().anyMatch(this::isSuspect));
  }

  private boolean goesOn() {
    NodeState state = ownState.get();
    return state == NodeState.SERVING || state == NodeState.DRAINING;
  }

  /** The member said goodbye. */
  void leaving(NodeId node) {
    if (view.contains(node)) {
      events.goodbyes().add(node);
    }
  }

  /** What this node says of itself. */
  void own(IntSupplier load, Supplier<NodeState> state) {
    this.ownLoad = load;
    this.ownState = state;
  }

  @Override
  public NodeState state(NodeId node) {
    if (node.equals(self)) {
      return ownState.get();
    }
    FailureDetector.@Nullable Pulse pulse = detector.pulse(node);
    return pulse == null ? NodeState.SERVING : pulse.state();
  }

  ClusterLife life() {
    return life;
  }

  Context context() {
    return events.context();
  }

  MemberEvents events() {
    return events;
  }

  HazelcastView inside() {
    return inside;
  }

  FailureDetector detector() {
    return detector;
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public boolean isSuspect(NodeId node) {
    return !node.equals(self)
        && (events.goodbyes().said(node) || detector.isSuspect(node, clock.nanos()));
  }

  @Override
  public boolean saidGoodbye(NodeId node) {
    return events.goodbyes().said(node);
  }

  @Override
  public boolean isDraining(NodeId node) {
    return state(node) == NodeState.DRAINING;
  }

  @Override
  public boolean hasSettled(NodeId node) {
    if (node.equals(self)) {
      return ownState.get() != NodeState.MERGING;
    }
    FailureDetector.@Nullable Pulse pulse = detector.pulse(node);
    return pulse != null && pulse.settled();
  }

  @Override
  public boolean knewPlaces(NodeId node) {
    return events.knewPlaces(node);
  }

  /** Of all copies, as one number that members which agree have in common; 0: some are moving. */
  long places() {
    return inside.places();
  }

  void heard(NodeId from, MembershipProtocol.Beat beat) {
    if (!view.contains(from)) {
      events.counted();
      return;
    }
    boolean still = beat.places() != 0 && beat.places() == places() && beat.view() == view.number();
    detector.heard(from, beat, still, clock.nanos());
  }

  @Override
  public Map<NodeId, List<NodeId>> reach() {
    Map<NodeId, List<NodeId>> reach = detector.reports();
    reach.put(self, detector.hears(clock.nanos()));
    return reach;
  }

  @Override
  public void expel(NodeId node, String reason) {
    @Nullable Member member = view.member(node);
    if (node.equals(self)) {
      List<Member> others = view.members().stream().filter(it -> !it.id().equals(self)).toList();
      if (inside.separate(reason)) {
        others.forEach(it -> inside.forget(it.host(), it.port()));
      }
    } else if (member != null) {
      inside.expel(member.host(), member.port(), reason);
    }
  }

  @Override
  public int missedPings(NodeId node) {
    return node.equals(self) ? 0 : detector.missed(node, clock.nanos());
  }

  @Override
  public long rttMicros(NodeId node) {
    FailureDetector.@Nullable Pulse pulse = detector.pulse(node);
    return pulse == null ? 0 : pulse.rttMicros();
  }

  @Override
  public List<NodeId> hears() {
    return detector.hears(clock.nanos());
  }

  @Override
  public int load(NodeId node) {
    if (node.equals(self)) {
      return ownLoad.getAsInt();
    }
    FailureDetector.@Nullable Pulse pulse = detector.pulse(node);
    return pulse == null ? 0 : pulse.load();
  }

  @Override
  public void listen(Listener listener) {
    events.listen(listener);
  }
}
