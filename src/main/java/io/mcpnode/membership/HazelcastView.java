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

  /** The members as of now, oldest first; of two with one name, the older. */
  View view() {
    MemberMap map = node.getClusterService().getMembershipManager().getMemberMap();
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
    return members(node.getClusterService().getMembershipManager().getMemberMap());
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
      Address address = member.getAddress();
      if (address.getPort() == port
          && address.getHost().equals(host)
          && (cluster.isMaster() || address.equals(cluster.getMasterAddress()))) {
        cluster.suspectMember(member, reason, true);
      }
    }
  }

  /** Takes all others for gone; the one that keeps the member list last, which leaves us alone. */
  void separate(String reason) {
    ClusterServiceImpl cluster = node.getClusterService();
    Address master = cluster.getMasterAddress();
    List<MemberImpl> others = new ArrayList<>(cluster.getMemberImpls());
    others.removeIf(MemberImpl::localMember);
    others.sort(Comparator.comparing(member -> member.getAddress().equals(master)));
    others.forEach(member -> cluster.suspectMember(member, reason, true));
  }
}
