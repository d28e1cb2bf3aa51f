package io.mcpnode.partition;

import static io.mcpnode.partition.FindingTest.between;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionsTest {

  private static final Finding WHOLE = found(Set.of());
  private static final Finding WITHOUT_C = found(between(nodes("{A,B}"), nodes("{C}")));
  private static final Finding WITHOUT_B = found(between(nodes("{A,C}"), nodes("{B}")));

  private final Detections detections = new Detections();

  private static Finding found(Set<Reachability.Link> broken) {
    return Finding.of(
        node('A'),
        new Reachability(FindingTest.world(nodes("{A,B,C}"), broken)),
        nodes("{A}"),
        new Electorate(nodes("{A,B,C}"), Set.of(), Set.of()),
        new Sides(SplitBrainStrategy.MAJORITY, ""));
  }

  @Test
  void aWholeClusterIsNothingToTell() {
    assertThat(detections.look(WHOLE, 10)).isNull();
    assertThat(detections.begins()).isFalse();
    assertThat(detections.count()).isZero();
    assertThat(detections.since(WHOLE, 10)).isZero();
  }

  @Test
  void aPartitionIsCountedInARowFromItsFirstDetectionOn() {
    detections.look(WITHOUT_C, 10);
    assertThat(detections.begins()).isTrue();
    detections.look(WITHOUT_B, 20);
    assertThat(detections.begins()).isFalse();
    assertThat(detections.count()).isEqualTo(2);
    assertThat(detections.since(WITHOUT_B, 25)).isEqualTo(10);
  }

  @Test
  void theNextOneBeginsAnew() {
    detections.look(WITHOUT_C, 10);
    detections.look(WHOLE, 20);
    assertThat(detections.count()).isZero();
    assertThat(detections.look(WITHOUT_C, 30))
        .as("told again")
        .isEqualTo("[A, B] | [C]; [A, B] goes on");
    assertThat(detections.begins()).isTrue();
    assertThat(detections.since(WITHOUT_C, 35)).isEqualTo(30);
  }

  @Test
  void whatIsFoundIsToldOnce() {
    assertThat(detections.look(WITHOUT_C, 10)).isEqualTo("[A, B] | [C]; [A, B] goes on");
    assertThat(detections.look(WITHOUT_C, 20)).isNull();
    assertThat(detections.look(WITHOUT_B, 30)).isEqualTo("[A, C] | [B]; [A, C] goes on");
    assertThat(detections.look(WITHOUT_C, 40)).isEqualTo("[A, B] | [C]; [A, B] goes on");
    assertThat(detections.look(WHOLE, 50)).isEqualTo("all reach each other again");
    assertThat(detections.look(WHOLE, 60)).isNull();
  }

  @Test
  void oneThatIsFoundBetweenTwoLooksBeginsNow() {
    detections.look(WHOLE, 10);
    assertThat(detections.since(WITHOUT_C, 15)).isEqualTo(15);
    detections.look(WITHOUT_C, 20);
    assertThat(detections.since(WHOLE, 25)).as("over, not counted yet").isZero();
  }
}
