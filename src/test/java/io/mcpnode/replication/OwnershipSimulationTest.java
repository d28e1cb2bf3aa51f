package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.replication.Verdict.Outcome;
import io.mcpnode.wire.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Nodes that claim, write, lose answers, repeat what they do not know the outcome of, are paused
 * and come back believing that they are still owners. Whatever happens: one writer per epoch,
 * epochs only grow, and no acknowledged change is lost or applied twice. A failure names its seed.
 */
class OwnershipSimulationTest {

  private static final int SEEDS = 5_000;
  private static final int STEPS = 120;

  /** A node's belief about the record. */
  private static final class Node {
    final NodeId id;
    long epoch = -1;
    long version;
    int value;
    final ArrayDeque<Mutation> unclear = new ArrayDeque<>();

    Node(String name) {
      this.id = new NodeId(name, 1);
    }
  }

  @Test
  void holdsForEverySeed() {
    for (long seed = 0; seed < SEEDS; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    Random random = new Random(seed);
    List<Node> nodes = List.of(new Node("a"), new Node("b"), new Node("c"));
    Stored stored = Records.stored(nodes.get(0).id, 1);
    nodes.get(0).epoch = 1;
    long operation = 1;
    int applied = 0;
    int acknowledged = 0;
    Map<Long, NodeId> writers = new HashMap<>();
    List<Long> epochs = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      Mutation mutation;
      if (!node.unclear.isEmpty()) {
        mutation = node.unclear.peek();
      } else if (node.epoch >= 0 && random.nextInt(4) != 0) {
        mutation =
            Records.write(
                node.epoch, node.version + 1, Integer.toString(node.value + 1), ++operation);
      } else {
        mutation = new Mutation.Claim(stored.epoch(), node.id, List.of(), ++operation);
      }
      Stored before = stored;
      Verdict verdict = mutation.on(stored);
      if (verdict.outcome() == Outcome.APPLIED) {
        stored = verdict.stored();
        if (mutation instanceof Mutation.Write && stored != before) {
          applied++;
          assertThat(writers.computeIfAbsent(stored.epoch(), e -> node.id))
              .as("seed %d: writer of epoch %d", seed, stored.epoch())
              .isEqualTo(node.id);
        }
        epochs.add(stored.epoch());
      }
      if (random.nextInt(5) == 0) {
        // The answer is lost: the node does not know, and makes it again.
        if (node.unclear.isEmpty()) {
          node.unclear.add(mutation);
        }
        continue;
      }
      boolean repeated = !node.unclear.isEmpty();
      node.unclear.clear();
      if (verdict.outcome() != Outcome.APPLIED) {
        node.epoch = -1;
      } else if (mutation instanceof Mutation.Write write) {
        node.version = write.version();
        node.value++;
        acknowledged++;
        assertThat(value(stored)).as("seed %d, repeated %s", seed, repeated).isEqualTo(node.value);
      } else {
        node.epoch = stored.epoch();
        node.version = stored.version();
        node.value = value(stored);
      }
    }
    assertThat(epochs).as("seed %d: epochs", seed).isSorted();
    assertThat(value(stored)).as("seed %d: changes", seed).isEqualTo(applied);
    assertThat(acknowledged).as("seed %d: acknowledged", seed).isLessThanOrEqualTo(applied);
  }

  private static int value(Stored stored) {
    return Integer.parseInt(stored.record("k").contents().values().getOrDefault("v", "0"));
  }
}
