package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.LogCapture;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link SilenceTest} has who is silent and when. */
class SilenceWatchTest {

  private static final Member N2 = member("n2");
  private static final Member N3 = member("n3");

  private final Map<NodeId, Long> beats = new HashMap<>(Map.of(N2.id(), 1L, N3.id(), 1L));
  private final List<Set<Member>> asked = new ArrayList<>();
  private final LogCapture log = new LogCapture(SilenceWatch.class);
  private View view = new View(1, List.of(N2, N3));
  private boolean ours = true;
  private final SilenceWatch watch =
      new SilenceWatch(
          () -> view,
          () -> Map.copyOf(beats),
          (silent, reason) -> {
            assertThat(reason).isEqualTo("silent for 5 s");
            asked.add(Set.copyOf(silent));
            return ours;
          });

  @AfterEach
  void close() {
    log.close();
  }

  private static Member member(String name) {
    return new Member(new NodeId(name, 1), "127.0.0.1", 0, "1.0", 0);
  }

  private void looks(int times, Member... beating) {
    for (int i = 0; i < times; i++) {
      for (Member member : beating) {
        beats.merge(member.id(), 1L, Long::sum);
      }
      watch.look();
    }
  }

  @Test
  void thoseThatAreSilentAreGivenUpAllAtOnce() {
    looks(Silence.LIMIT);
    assertThat(asked).isEmpty();
    looks(1);
    assertThat(asked).containsExactly(Set.of(N2, N3));
  }

  @Test
  void whoIsNoMemberAnyMoreIsNotGivenUp() {
    view = new View(2, List.of(N2));
    looks(Silence.LIMIT + 1);
    assertThat(asked).containsExactly(Set.of(N2));
  }

  @Test
  void nobodyIsAskedToGiveUpNobody() {
    view = new View(2, List.of());
    looks(Silence.LIMIT + 1);
    assertThat(asked).isEmpty();
  }

  @Test
  void untilTheyAreRemovedTheyAreGivenUpAtEveryLookAndItIsSaidOnce() {
    looks(Silence.LIMIT + 5, N3);
    assertThat(asked).hasSize(5).containsOnly(Set.of(N2));
    assertThat(log.warnings()).containsExactly("Gives up [n2#1]: silent for 5 s");
  }

  @Test
  void ofThoseThatAreGivenUpWhoeverRemainsIsNotSaidAgain() {
    looks(Silence.LIMIT + 1);
    beats.remove(N3.id());
    view = new View(2, List.of(N2));
    looks(1);
    assertThat(asked).last().isEqualTo(Set.of(N2));
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void whoFallsSilentLaterIsSaidAsWell() {
    looks(Silence.LIMIT + 1, N3);
    looks(Silence.LIMIT);
    assertThat(log.warnings()).hasSize(2).last().asString().contains("n2#1", "n3#1");
  }

  @Test
  void whoIsSilentAgainIsSaidAgain() {
    looks(Silence.LIMIT + 1, N3);
    looks(1, N2, N3);
    looks(Silence.LIMIT, N3);
    assertThat(log.warnings()).hasSize(2);
  }

  @Test
  void whatIsForAnotherNodeToDoIsNotSaidUntilItIsForThisOne() {
    ours = false;
    looks(Silence.LIMIT + 3, N3);
    assertThat(asked).hasSize(3);
    assertThat(log.warnings()).isEmpty();
    ours = true;
    looks(1, N3);
    assertThat(log.warnings()).hasSize(1);
  }
}
