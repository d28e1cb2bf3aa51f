package io.mcpnode.replication;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@link Mutation}s as Hazelcast executes them: on the node with the first copy, one at a time per
 * record.
 */
final class Processors {

  /**
   * Long enough for every node that could hold an older copy to have come back or to be given up.
   */
  static final long TOMBSTONE_MINUTES = 15;

  private Processors() {}

  private static void set(Map.Entry<String, Stored> entry, Stored next) {
    if (next.ended()) {
      ((ExtendedMapEntry<String, Stored>) entry)
          .setValue(next, TOMBSTONE_MINUTES, TimeUnit.MINUTES);
    } else {
      entry.setValue(next);
    }
  }

  /**
   * One mutation of one record. The copies are set to the first copy's result, not computed again.
   * A mutation that had already been applied writes its result once more, since its copies may not
   * have arrived the first time.
   */
  static final class Mutate implements EntryProcessor<String, Stored, Verdict> {

    private final Mutation mutation;
    private transient @Nullable Stored result;

    Mutate(Mutation mutation) {
      this.mutation = mutation;
    }

    Mutation mutation() {
      return mutation;
    }

    @Override
    public Verdict process(Map.Entry<String, Stored> entry) {
      Verdict verdict = mutation.on(entry.getValue());
      Stored next = verdict.stored();
      result = null;
      if (verdict.outcome() != Verdict.Outcome.APPLIED || next == null) {
        return verdict;
      }
      set(entry, next);
      result = next;
      // The writer knows what it wrote.
      return mutation instanceof Mutation.Write ? new Verdict(verdict.outcome(), null) : verdict;
    }

    @Override
    public @Nullable EntryProcessor<String, Stored, Verdict> getBackupProcessor() {
      return result == null ? null : new Set(result);
    }
  }

  /** Makes a copy equal to the first copy. */
  static final class Set implements EntryProcessor<String, Stored, Verdict> {

    private final Stored value;

    Set(Stored value) {
      this.value = value;
    }

    Stored value() {
      return value;
    }

    @Override
    public @Nullable Verdict process(Map.Entry<String, Stored> entry) {
      set(entry, value);
      return null;
    }
  }

  /** Notes the last access of many records. */
  static final class TouchMany implements EntryProcessor<String, Stored, Verdict> {

    private final Map<String, Mutation.Touch> touches;

    TouchMany(Map<String, Mutation.Touch> touches) {
      this.touches = touches;
    }

    Map<String, Mutation.Touch> touches() {
      return touches;
    }

    @Override
    public @Nullable Verdict process(Map.Entry<String, Stored> entry) {
      Mutation.Touch touch = touches.get(entry.getKey());
      if (touch != null) {
        Verdict verdict = touch.on(entry.getValue());
        Stored next = verdict.stored();
        if (verdict.outcome() == Verdict.Outcome.APPLIED && next != null) {
          set(entry, next);
        }
      }
      return null;
    }
  }
}
