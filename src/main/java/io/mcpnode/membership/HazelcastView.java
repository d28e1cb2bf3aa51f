package io.mcpnode.membership;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import com.hazelcast.internal.cluster.impl.MemberMap;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.internal.partition.InternalPartitionService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What only Hazelcast's inside knows: the member list together with the version that all members
 * agree on, and whether another cluster refused us because of its name.
 */
final class HazelcastView {

  /** Hazelcast's beats come every second. */
  private static final long SILENT_MILLIS = 4000;

  private final Node node;

  HazelcastView(HazelcastInstance hazelcast) {
    HazelcastInstanceImpl inside =
        hazelcast instanceof HazelcastInstanceProxy proxy
            ? proxy.getOriginal()
            : (HazelcastInstanceImpl) hazelcast;
    this.node = inside.node;
  }

  /** Runs the action, on a thread of its own, when the merge that goes on now has ended anyhow. */
  void afterMerge(Runnable action) {
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    waiting.execute(
        () -> {
          // It holds this lock from its first event to its last.
          node.hazelcastInstance.getLifecycleService().runUnderLifecycleLock(() -> {});
          action.run();
        });
    waiting.shutdown();
  }

  /** The members as of now; another object when they have changed. Costs next to nothing. */
  MemberMap map() {
    return node.getClusterService().getMembershipManager().getMemberMap();
  }

  /** The members as of now, oldest first; of two with one name, the older. */
  View view() {
    return view(map());
  }

  static View view(MemberMap map) {
    return new View(map.getVersion(), distinct(members(map)));
  }

  /**
   * Where every copy of everything is, as one number, which two nodes have in common if they agree;
   * 0 while this node knows of copies that are being moved.
   */
  long places() {
    InternalPartitionService partitions = node.getPartitionService();
    return partitions.hasOnGoingMigrationLocal() ? 0 : partitions.getPartitionStateStamp();
  }

  /** All members, also a second one with a name that is taken. */
  List<Member> all() {
    return members(map());
  }

  private static List<Member> members(MemberMap map) {
    List<Member> members = new ArrayList<>();
    for (MemberImpl member : map.getMembers()) {
      @Nullable Attributes attributes = Attributes.of(member::getAttribute);
      if (attributes != null) {
        Address address = member.getAddress();
        members.add(
            new Member(
                attributes.id(),
                address.getHost(),
                address.getPort(),
                attributes.version(),
                attributes.since()));
      }
    }
    return members;
  }

  static List<Member> distinct(List<Member> members) {
    Set<String> names = new HashSet<>();
    return members.stream().filter(member -> names.add(member.id().name())).toList();
  }

  /** Asks the node at this address who its master is; one of another cluster answers with a no. */
  void askForMaster(Address address) {
    node.getClusterService().getClusterJoinManager().sendMasterQuestion(address);
  }

  /** It said that its cluster has another name. */
  boolean refusedUs(Address address) {
    Joiner joiner = node.getJoiner();
    // What is listed for good can't be taken off; what is listed for a while can, and may be.
    return joiner.isBlacklisted(address) && !joiner.unblacklist(address);
  }

  /**
   * Nobody is there any more. Else Hazelcast looks there for another cluster for hours, five
   * seconds each time, and a merge that is due waits for it.
   */
  void forget(String host, int port) {
    if (node.getJoiner() instanceof TcpIpJoiner joiner) {
      joiner
          .getKnownMemberAddresses()
          .keySet()
          .removeIf(address -> address.getPort() == port && address.getHost().equals(host));
    }
  }

  /**
   * Has the member removed, if this node is the one that keeps the member list, or the one to be
   * removed is: else it is for another node to do.
   */
  void expel(String host, int port, String reason) {
    ClusterServiceImpl cluster = node.getClusterService();
    for (MemberImpl member : cluster.getMemberImpls()) {
      if (isAt(member, host, port)
          && (cluster.isMaster() || member.getAddress().equals(cluster.getMasterAddress()))) {
        cluster.suspectMember(member, reason, true);
      }
    }
  }

  /**
   * Has members removed of which Hazelcast has not heard for long either, if that is for this node
   * to do: it keeps the member list, or the one that keeps it is among them. Hazelcast does the
   * same later, but begins with the oldest: the node that follows it would then ask the younger
   * ones who are silent too, and wait 5 s for each.
   *
   * @return whether they are taken for gone; false changes nothing
   */
  boolean giveUp(Collection<Member> silent, String reason) {
    ClusterServiceImpl cluster = node.getClusterService();
    List<MemberImpl> lost = new ArrayList<>(cluster.getMemberImpls());
    lost.removeIf(member -> silent.stream().noneMatch(it -> isAt(member, it.host(), it.port())));
    boolean ours =
        cluster.isMaster()
            || lost.stream().anyMatch(it -> it.getAddress().equals(cluster.getMasterAddress()));
    if (lost.isEmpty() || !ours || !lost.stream().allMatch(this::isSilent)) {
      return false;
    }
    Collections.reverse(lost); // they come by age, and the youngest is to be the first
    lost.forEach(member -> cluster.suspectMember(member, reason, true));
    return true;
  }

  private boolean isSilent(MemberImpl member) {
    ClusterServiceImpl cluster = node.getClusterService();
    long heard = cluster.getClusterHeartbeatManager().getLastHeartbeatTime(member);
    return cluster.getClusterClock().getClusterTime() - heard >= SILENT_MILLIS;
  }

  private static boolean isAt(MemberImpl member, String host, int port) {
    Address address = member.getAddress();
    return address.getPort() == port && address.getHost().equals(host);
  }

  /**
   * Takes all others for gone; the one that keeps the member list last, which leaves us alone. If
   * that is this node, it does nothing, and the others remove it: it would tell them to remove each
   * other, one after the other, and leave each of them alone.
   *
   * @return whether it did
   */
  boolean separate(String reason) {
    ClusterServiceImpl cluster = node.getClusterService();
    if (cluster.isMaster()) {
      return false;
    }
    Address master = cluster.getMasterAddress();
    List<MemberImpl> others = new ArrayList<>(cluster.getMemberImpls());
    others.removeIf(MemberImpl::localMember);
    others.sort(Comparator.comparing(member -> member.getAddress().equals(master)));
    others.forEach(member -> cluster.suspectMember(member, reason, true));
    return true;
  }
}
