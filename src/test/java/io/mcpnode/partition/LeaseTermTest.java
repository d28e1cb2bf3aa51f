package io.mcpnode.partition;

import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseTermTest {

  private static final Sides MAJORITY = new Sides(SplitBrainStrategy.MAJORITY, "");

  private static LeaseTerm term(String voters, char self, Map<NodeId, Long> heard) {
    Electorate electorate = new Electorate(nodes(voters), Set.of(), Set.of());
    return LeaseTerm.of(electorate, MAJORITY, node(self), heard, 25);
  }

  @Test
  void aClusterOfOneIsAlwaysOpen() {
    assertThat(term("{A}", 'A', Map.of()).isOpen(Long.MAX_VALUE)).isTrue();
  }

  @Test
  void theLeaseEndsWhenTheQuorumWasHeardTooLongAgo() {
    LeaseTerm term =
        term("{A,B,C,D,E}", 'E', Map.of(node('A'), 10L, node('B'), 20L, node('C'), 30L));
    assertThat(term.isOpen(44)).isTrue();
    assertThat(term.isOpen(45)).isFalse();
  }

  @Test
  void theYoungerOfTwoNeedsTheOlder() {
    assertThat(term("{A,B}", 'B', Map.of()).isOpen(0)).isFalse();
    assertThat(term("{A,B}", 'B', Map.of(node('A'), 0L)).isOpen(24)).isTrue();
    assertThat(term("{A,B}", 'A', Map.of()).isOpen(1000)).isTrue();
  }

  @Test
  void whoDoesNotCountDoesNotHelp() {
    assertThat(term("{A,B,C}", 'C', Map.of(node('X'), 5L)).isOpen(6)).isFalse();
  }

  @Test
  void timesMayBeNegativeAsThoseOfAMonotonicClock() {
    LeaseTerm term = term("{A,B}", 'B', Map.of(node('A'), -100L));
    assertThat(term.isOpen(-76)).isTrue();
    assertThat(term.isOpen(-75)).isFalse();
  }
}
