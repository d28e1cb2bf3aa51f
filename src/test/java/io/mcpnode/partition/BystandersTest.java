package io.mcpnode.partition;

import static io.mcpnode.partition.Bystanders.Step.EXPEL;
import static io.mcpnode.partition.Bystanders.Step.LEAVE;
import static io.mcpnode.partition.Bystanders.Step.NONE;
import static io.mcpnode.partition.Bystanders.Step.STAND_ASIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BystandersTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 2);
  private static final NodeId N3 = new NodeId("n3", 3);

  private static List<Bystanders.Step> steps(NodeId self, List<Set<NodeId>> looks) {
    Bystanders bystanders = new Bystanders();
    return looks.stream().map(aside -> bystanders.look(self, aside)).toList();
  }

  @Test
  void oneThatStandsAsideStopsServingAndThenLeaves() {
    assertThat(steps(N3, List.of(Set.of(N3), Set.of(N3), Set.of(N3), Set.of(N3))))
        .containsExactly(NONE, STAND_ASIDE, LEAVE, NONE);
  }

  @Test
  void theOthersHaveItRemovedUntilItIsGone() {
    assertThat(steps(N1, List.of(Set.of(N3), Set.of(N3), Set.of(N3), Set.of(N3), Set.of())))
        .containsExactly(NONE, NONE, EXPEL, EXPEL, NONE);
  }

  @Test
  void whatDoesNotLastHasNoConsequence() {
    assertThat(steps(N3, List.of(Set.of(N3), Set.of(), Set.of(N3), Set.of())))
        .containsExactly(NONE, NONE, NONE, NONE);
  }

  @Test
  void anotherFindingIsCountedAnew() {
    assertThat(steps(N1, List.of(Set.of(N3), Set.of(N3), Set.of(N2), Set.of(N2), Set.of(N2))))
        .containsExactly(NONE, NONE, NONE, NONE, EXPEL);
  }
}
