package io.mcpnode.partition;

import static io.mcpnode.partition.FindingTest.between;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.partition.Partitions.Resolution;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told at A or C of a cluster of A, B and C, which is cut into {A,B} | {C}. */
class DiagnosisTest {

  private static final Set<Reachability.Link> CUT = between(nodes("{A,B}"), nodes("{C}"));

  private static Finding found(char self, Set<Reachability.Link> broken) {
    return Finding.of(
        node(self),
        new Reachability(FindingTest.world(nodes("{A,B,C}"), broken)),
        nodes("{A,B,C}"),
        new Electorate(nodes("{A,B,C}"), Set.of(), Set.of()),
        new Sides(SplitBrainStrategy.MAJORITY, ""));
  }

  private static Resolution resolved(
      char self, Set<Reachability.Link> broken, boolean dryRun, String shut) {
    return Diagnosis.resolution(
        node(self), found(self, broken), SplitBrainStrategy.MAJORITY, dryRun, shut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A; true; ''; goes_on; [A, B] goes on",
        "A; true; merging; quarantined;"
            + " '[A, B] goes on; this node does not serve all the same: merging'",
        "C; true; ''; quarantined; [A, B] goes on",
        "C; true; no quorum; quarantined; [A, B] goes on",
        "C; false; ''; whole; there is no partition",
        "C; false; merging; quarantined;"
            + " 'there is no partition; this node does not serve all the same: merging'"
      })
  void whatComesOfAResolution(char self, boolean cut, String shut, String verdict, String why) {
    Resolution resolution = resolved(self, cut ? CUT : Set.of(), true, shut);
    assertThat(resolution.verdict()).isEqualTo(verdict);
    assertThat(resolution.why()).isEqualTo(why);
    assertThat(resolution.strategy()).isEqualTo(SplitBrainStrategy.MAJORITY);
    assertThat(resolution.survivors()).isEqualTo(cut ? List.of("A", "B") : List.of("A", "B", "C"));
  }

  @ParameterizedTest
  @ValueSource(chars = {'A', 'C'})
  void itIsAppliedOnlyToAPartitionAndNotInADryRun(char self) {
    assertThat(resolved(self, CUT, false, "").applied()).isTrue();
    assertThat(resolved(self, CUT, false, "").dryRun()).isFalse();
    assertThat(resolved(self, CUT, true, "").applied()).isFalse();
    assertThat(resolved(self, CUT, true, "").dryRun()).isTrue();
    assertThat(resolved(self, Set.of(), false, "").applied()).isFalse();
    assertThat(resolved(self, CUT, true, "").thisSide())
        .isEqualTo(self == 'A' ? List.of("A", "B") : List.of("C"));
  }

  @ParameterizedTest
  @CsvSource({
    "false, '', whole, all reach each other",
    "false, merging, quarantined, merging",
    "true, '', goes_on, '[A, B] goes on'",
    "true, merging, quarantined, merging"
  })
  void howANodeIs(boolean cut, String shut, String verdict, String reason) {
    Finding finding = found('A', cut ? CUT : Set.of());
    assertThat(Diagnosis.verdict(finding, shut)).isEqualTo(verdict);
    assertThat(Diagnosis.reason(finding, shut)).isEqualTo(reason);
  }
}
