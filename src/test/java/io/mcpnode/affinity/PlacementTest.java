package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");

  @Test
  void backupsAreOtherNodesAndTheSameForEveryoneWhoAsks() {
    List<String> backups = Placement.backups("k", "n1", NODES, 2);
    assertThat(backups).hasSize(2).doesNotContain("n1").doesNotHaveDuplicates();
    assertThat(Placement.backups("k", "n1", List.of("n5", "n4", "n3", "n2", "n1"), 2))
        .isEqualTo(backups);
  }

  @Test
  void backupsAreSpreadEvenly() {
    Map<String, Integer> count = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      Placement.backups("key-" + i, "n1", NODES, 1).forEach(n -> count.merge(n, 1, Integer::sum));
    }
    assertThat(count).hasSize(4);
    assertThat(count.values()).allMatch(n -> n > 2_300 && n < 2_700);
  }

  @Test
  void theLossOfANodeChangesNothingForRecordsThatDidNotNameIt() {
    List<String> without = List.of("n1", "n2", "n3", "n4");
    for (int i = 0; i < 1_000; i++) {
      String before = Placement.backups("key-" + i, "n1", NODES, 1).get(0);
      if (!before.equals("n5")) {
        assertThat(Placement.backups("key-" + i, "n1", without, 1)).containsExactly(before);
      }
    }
  }

  @Test
  void theFirstLiveBackupSucceeds() {
    assertThat(Placement.successor(List.of("n2", "n3"), Set.of("n1", "n3"), n -> 0))
        .isEqualTo("n3");
  }

  @Test
  void elseTheLeastLoadedNodeSucceeds() {
    Map<String, Integer> load = Map.of("n1", 7, "n3", 3, "n4", 3);
    assertThat(Placement.successor(List.of("n2"), load.keySet(), load::get)).isEqualTo("n3");
    assertThat(Placement.successor(List.of("n2"), Set.of(), load::get)).isNull();
  }
}
