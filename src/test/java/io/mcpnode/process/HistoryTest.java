package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history = new History("s");

  @Test
  void countingUpOneByOneIsRight() {
    history.acked(1, 10);
    history.acked(2, 20);
    history.read("n1", 2);
    history.read("n2", 2);
    assertThat(history.violations()).isEmpty();
    assertThat(history.ackedCount()).isEqualTo(2);
  }

  @Test
  void aReadBelowWhatWasAcknowledgedIsALoss() {
    history.acked(1, 10);
    history.acked(2, 20);
    history.read("n1", 1);
    assertThat(history.violations()).containsExactly("s: lost: read from n1 1 (expected: >= 2)");
  }

  @Test
  void anAcknowledgedValueThatSkipsWithoutReasonIsDoubled() {
    history.acked(2, 10);
    assertThat(history.violations()).containsExactly("s: doubled: acknowledged 2 (expected: <= 1)");
  }

  @Test
  void anUnknownOutcomeMayHaveCountedOrNot() {
    history.acked(1, 10);
    history.unknown("cut");
    history.acked(2, 20);
    history.unknown("cut");
    history.acked(4, 30);
    history.read("n1", 5);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void moreThanTheUnknownOnesIsDoubled() {
    history.unknown("cut");
    history.read("n1", 2);
    assertThat(history.violations()).containsExactly("s: doubled: read from n1 2 (expected: <= 1)");
  }

  @Test
  void aValueThatComesTwiceIsWrong() {
    history.acked(1, 10);
    history.unknown("cut");
    history.acked(2, 20);
    history.acked(2, 30);
    assertThat(history.violations()).contains("s: value 2 acknowledged after 2");
  }

  @Test
  void nodesMustAgree() {
    history.acked(1, 10);
    history.unknown("cut");
    history.read("n1", 1);
    history.read("n2", 2);
    assertThat(history.violations()).containsExactly("s: nodes disagree: {n1=1, n2=2}");
  }

  @Test
  void aSessionThatIsGoneIsWrong() {
    history.gone("404");
    assertThat(history.violations()).containsExactly("s: gone");
  }

  @Test
  void aPauseLastsFromTheFirstTryToTheNextAcknowledgement() {
    history.begins(100);
    history.unknown("cut");
    history.begins(300);
    history.refused("503");
    history.begins(400);
    assertThat(history.isWaiting()).isTrue();
    history.acked(1, 450);
    history.begins(500);
    history.acked(2, 510);
    assertThat(history.longestPauseNanos()).isEqualTo(350);
    assertThat(history.isWaiting()).isFalse();
  }
}
