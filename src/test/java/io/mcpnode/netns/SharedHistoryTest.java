package io.mcpnode.netns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedHistoryTest {

  private final SharedHistory history = new SharedHistory("s");

  @Test
  void additionsThatOverlapMayComeInAnyOrder() {
    history.acked(1, 2, 0, 10);
    history.acked(2, 1, 5, 12);
    history.acked(1, 3, 13, 14);
    history.unknown();
    history.read(1, 4);
    history.read(2, 4);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void twoSidesThatBothAcknowledgeAreFound() {
    history.acked(1, 1, 0, 1);
    history.acked(1, 2, 2, 3);
    history.acked(3, 2, 2, 4);
    assertThat(history.violations()).containsExactly("s: value 2 acknowledged by n1 and n3");
  }

  @Test
  void aChangeThatWasUndoneIsFound() {
    history.acked(1, 5, 0, 1);
    history.acked(2, 4, 2, 3);
    assertThat(history.violations()).containsExactly("s: value 4 at n2 begun after 5");
  }

  @Test
  void whatIsMissingInTheEndIsFound() {
    history.acked(1, 1, 0, 1);
    history.acked(1, 2, 2, 3);
    history.read(1, 1);
    assertThat(history.violations()).containsExactly("s: lost: 1 read (expected: >= 2)");
  }

  @Test
  void whatWasDoneTwiceIsFound() {
    history.acked(1, 1, 0, 1);
    history.unknown();
    history.read(1, 3);
    assertThat(history.violations()).containsExactly("s: doubled: 3 read (expected: <= 2)");
  }

  @Test
  void nodesThatDisagreeInTheEndAreFound() {
    history.unknown();
    history.read(1, 0);
    history.read(2, 1);
    assertThat(history.violations()).containsExactly("s: nodes disagree: [0, 1]");
  }

  @Test
  void aSessionThatIsGoneIsFound() {
    history.error(2, "gone");
    assertThat(history.violations()).containsExactly("s: at n2: gone");
  }
}
