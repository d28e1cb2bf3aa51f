package io.mcpnode.replication;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What stays when two sides of a cluster come together again: the higher epoch; under the same
 * epoch a tombstone, else the higher version; on a tie what is there. A record that only one side
 * has stays.
 */
public final class EpochMergePolicy
    implements SplitBrainMergePolicy<Stored, MergingEntry<String, Stored>, Stored>,
        HazelcastInstanceAware {

  private transient @Nullable Merges merges;

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    merges = (Merges) hazelcast.getUserContext().get(Merges.NAME);
  }

  @Override
  public @Nullable Stored merge(
      MergingEntry<String, Stored> merging, @Nullable MergingEntry<String, Stored> existing) {
    Stored coming = merging.getDeserializedValue();
    Stored present = existing == null ? null : existing.getDeserializedValue();
    boolean takes = present == null || wins(coming, present);
    count(merging, present != null, takes);
    return takes ? coming : present;
  }

  private void count(MergingEntry<String, Stored> merging, boolean present, boolean takes) {
    Merges counting = merges;
    if (counting == null) {
      return;
    }
    if (!takes) {
      counting.kept();
    } else if (present) {
      counting.replaced(merging.getKey());
    } else {
      counting.brought(merging.getKey());
    }
  }

  static boolean wins(Stored coming, Stored present) {
    if (coming.epoch() != present.epoch()) {
      return coming.epoch() > present.epoch();
    }
    if (coming.ended() != present.ended()) {
      return coming.ended();
    }
    return coming.version() > present.version();
  }

  @Override
  public void writeData(ObjectDataOutput out) {
    // It has no settings.
  }

  @Override
  public void readData(ObjectDataInput in) {
    // It has no settings.
  }
}
