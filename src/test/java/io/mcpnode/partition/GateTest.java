package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.AnotherThread;
import io.mcpnode.partition.LeaseTerm.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Gate gate = new Gate();
  private int reopenings;

  {
    gate.beforeReopening(
        () -> {
          assertThat(gate.isOpen(100 * SECOND)).as("still shut").isFalse();
          reopenings++;
        });
  }

  private static LeaseTerm until(double seconds) {
    return new LeaseTerm(Kind.UNTIL, (long) (seconds * SECOND));
  }

  @Test
  void theFirstOpeningGivesNothingUp() {
    gate.lease(until(3), SECOND);
    assertThat(gate.isOpen(2 * SECOND)).isTrue();
    assertThat(reopenings).isZero();
  }

  @Test
  void afterABlinkNothingIsGivenUp() {
    gate.lease(until(3), SECOND);
    gate.lease(until(6), (long) (3.9 * SECOND));
    assertThat(gate.isOpen(4 * SECOND)).isTrue();
    assertThat(reopenings).isZero();
  }

  @Test
  void afterALongTimeWithoutALeaseWhatIsRememberedIsGivenUpFirst() {
    gate.lease(until(3), SECOND);
    // Nothing ran in between, as in a process that was stopped.
    gate.lease(until(16), 14 * SECOND);
    assertThat(reopenings).isEqualTo(1);
    assertThat(gate.isOpen(15 * SECOND)).isTrue();
  }

  @Test
  void whoHoldsItKeepsItShutWhateverTheLeaseSays() {
    gate.lease(until(100), SECOND);
    gate.hold("merging", "joins again", 2 * SECOND);
    gate.lease(until(101), 3 * SECOND);
    assertThat(gate.isOpen(3 * SECOND)).isFalse();
    assertThat(gate.held()).isEqualTo("joins again");
    gate.hold("operator", "said so", 3 * SECOND);
    gate.release("merging", 3 * SECOND);
    assertThat(gate.isOpen(3 * SECOND)).isFalse();
    gate.release("operator", 3 * SECOND);
    assertThat(gate.isOpen(3 * SECOND)).isTrue();
    assertThat(reopenings).as("however short the hold was").isEqualTo(1);
  }

  @Test
  void anEndlessLeaseEndsWhenTheQuorumIsLost() {
    gate.lease(new LeaseTerm(Kind.FOREVER, 0), SECOND);
    gate.lease(LeaseTerm.NONE, 5 * SECOND);
    assertThat(gate.isOpen(5 * SECOND)).isFalse();
    gate.lease(until(9), 7 * SECOND);
    assertThat(reopenings).isEqualTo(1);
  }

  /** What ends then asks why it ends, on threads of its own. */
  @Test
  void whatIsDoneBeforeItOpensIsDoneWithoutTheLock() {
    List<Boolean> free = new ArrayList<>();
    gate.beforeReopening(() -> free.add(AnotherThread.can(gate::held)));
    gate.lease(until(100), SECOND);
    gate.hold("merging", "joins again", 2 * SECOND);
    gate.release("merging", 3 * SECOND);
    assertThat(free).containsExactly(true);
    assertThat(gate.isOpen(3 * SECOND)).isTrue();
  }

  @Test
  void whoHoldsItWhileItIsAboutToOpenKeepsItShutAndItIsDoneAgain() {
    List<String> once = new ArrayList<>(List.of("operator"));
    gate.beforeReopening(
        () -> {
          if (!once.isEmpty()) {
            gate.hold(once.remove(0), "said so", 3 * SECOND);
          }
        });
    gate.lease(until(100), SECOND);
    gate.hold("merging", "joins again", 2 * SECOND);
    gate.release("merging", 3 * SECOND);
    assertThat(gate.isOpen(3 * SECOND)).isFalse();
    gate.release("operator", 4 * SECOND);
    assertThat(gate.isOpen(4 * SECOND)).isTrue();
    assertThat(reopenings).isEqualTo(2);
  }

  /** One opened it, and something was served, when the other one was not done yet. */
  @Test
  void twoThreadsDoNotForgetAtOnce() {
    CompletableFuture<Boolean> another = new CompletableFuture<>();
    gate.beforeReopening(
        () -> {
          another.complete(AnotherThread.can(() -> gate.lease(until(101), 3 * SECOND)));
          assertThat(gate.isOpen(3 * SECOND)).as("the other one left it shut").isFalse();
        });
    gate.lease(until(100), SECOND);
    gate.hold("merging", "joins again", 2 * SECOND);
    gate.release("merging", 3 * SECOND);
    assertThat(another).isCompletedWithValue(true);
    assertThat(reopenings).isEqualTo(1);
    assertThat(gate.term()).as("what the other one brought counts").isEqualTo(until(101));
  }

  @Test
  void whatCannotBeForgottenKeepsItShutAndIsTriedAgain() {
    List<String> problems = new ArrayList<>(List.of("no"));
    gate.beforeReopening(
        () -> {
          if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.remove(0));
          }
        });
    gate.lease(until(100), SECOND);
    gate.hold("merging", "joins again", 2 * SECOND);
    assertThatThrownBy(() -> gate.release("merging", 3 * SECOND)).hasMessage("no");
    assertThat(gate.isOpen(3 * SECOND)).isFalse();
    gate.lease(until(101), 4 * SECOND);
    assertThat(gate.isOpen(4 * SECOND)).isTrue();
  }
}
