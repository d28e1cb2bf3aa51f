package io.mcpnode.membership;

import static io.mcpnode.membership.Comeback.Step.IS_FOUND;
import static io.mcpnode.membership.Comeback.Step.LOOKS;
import static io.mcpnode.membership.Comeback.Step.STAYS_AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComebackTest {

  private static long at(double seconds) {
    return (long) (seconds * Duration.ofSeconds(1).toNanos());
  }

  /** Of a node that does not serve. */
  private static Comeback.Step step(Comeback comeback, double now, double reached) {
    return comeback.step(at(now), at(reached), false);
  }

  @Test
  void whoReachesAllAgainComesBackAtOnce() {
    Comeback once = Comeback.none().separated(at(100));
    assertThat(step(once, 101, -1)).isEqualTo(STAYS_AWAY);
    assertThat(step(once, 101, 0.3)).as("once may be chance").isEqualTo(STAYS_AWAY);
    assertThat(step(once, 102, 0.6)).isEqualTo(LOOKS);
  }

  @Test
  void whoGoesOnLeavesItToTheOthersToLook() {
    Comeback once = Comeback.none().separated(at(100));
    assertThat(once.step(at(101), at(0.3), true)).isEqualTo(STAYS_AWAY);
    assertThat(once.step(at(102), at(0.6), true)).isEqualTo(IS_FOUND);
    assertThat(once.step(at(119), at(18), true)).isEqualTo(IS_FOUND);
    assertThat(once.step(at(120), -1, true)).as("they may not know of it").isEqualTo(LOOKS);
  }

  @Test
  void whoReachesOnlySomeComesBackAfterAWhile() {
    Comeback once = Comeback.none().separated(at(100));
    assertThat(step(once, 119, -1)).isEqualTo(STAYS_AWAY);
    assertThat(step(once, 120, -1)).isEqualTo(LOOKS);
    Comeback twice = once.separated(at(130));
    assertThat(step(twice, 159, -1)).isEqualTo(STAYS_AWAY);
    assertThat(step(twice, 160, -1)).isEqualTo(LOOKS);
  }

  @Test
  void whoWasSeparatedThreeTimesInTwoMinutesComesBackSlowly() {
    Comeback thrice = Comeback.none().separated(at(0)).separated(at(30)).separated(at(60));
    assertThat(thrice.isFlapping()).isTrue();
    assertThat(step(thrice, 70, 1)).isEqualTo(STAYS_AWAY);
    assertThat(step(thrice, 70, 2)).isEqualTo(LOOKS);
    assertThat(step(thrice, 179, -1)).isEqualTo(STAYS_AWAY);
    assertThat(step(thrice, 180, -1)).isEqualTo(LOOKS);
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    Comeback often = Comeback.none().separated(at(0)).separated(at(30)).separated(at(200));
    assertThat(often.isFlapping()).isFalse();
    assertThat(step(often, 221, -1)).isEqualTo(LOOKS);
  }

  @Test
  void whatIsRememberedHasALimit() {
    Comeback comeback = Comeback.none();
    for (int i = 0; i < 100; i++) {
      comeback = comeback.separated(at(i));
    }
    assertThat(comeback.separations()).hasSizeLessThanOrEqualTo(10);
  }
}
