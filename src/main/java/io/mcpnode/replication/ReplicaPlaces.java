package io.mcpnode.replication;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.internal.partition.PartitionReplica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which nodes hold the copies of a key. Hazelcast's public API names only the first; the others are
 * read from its partition table.
 */
final class ReplicaPlaces {

  private final HazelcastInstance hazelcast;
  private final InternalPartitionService partitions;
  private final Function<Member, String> nameOf;
  private final int copies;

  ReplicaPlaces(HazelcastInstance hazelcast, Function<Member, String> nameOf, int copies) {
    this.hazelcast = hazelcast;
    this.partitions =
        ((HazelcastInstanceProxy) hazelcast)
            .getOriginal()
            .node
            .getNodeEngine()
            .getPartitionService();
    this.nameOf = nameOf;
    this.copies = copies;
  }

  /** Whether every data partition has so many copies on live members. */
  boolean haveAll(int wanted) {
    Set<UUID> live = new HashSet<>();
    hazelcast.getCluster().getMembers().forEach(member -> live.add(member.getUuid()));
    for (int partition = 0; partition < partitions.getPartitionCount(); partition++) {
      for (int i = 0; i < wanted; i++) {
        PartitionReplica replica = partitions.getPartition(partition, false).getReplica(i);
        if (replica == null || !live.contains(replica.uuid())) {
          return false;
        }
      }
    }
    return true;
  }

  List<String> of(String key) {
    InternalPartition partition =
        partitions.getPartition(hazelcast.getPartitionService().getPartition(key).getPartitionId());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(copies, InternalPartition.MAX_REPLICA_COUNT); i++) {
      PartitionReplica replica = partition.getReplica(i);
      for (Member member : hazelcast.getCluster().getMembers()) {
        if (replica != null && member.getUuid().equals(replica.uuid())) {
          names.add(nameOf.apply(member));
        }
      }
    }
    return names;
  }
}
