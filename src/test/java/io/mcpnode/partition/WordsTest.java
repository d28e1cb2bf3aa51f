package io.mcpnode.partition;

import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What A knows of A, B and C. */
class WordsTest {

  private static final NodeId A = node('A');
  private static final NodeId B = node('B');
  private static final NodeId C = node('C');

  private final Words words = new Words(A);

  @Test
  void whoHasSaidNothingYetIsTakenToHearEverybody() {
    words.take(Map.of(A, List.of(B)), nodes("{A,B,C}"));
    assertThat(words.reachability().hears(B, C)).isTrue();
    assertThat(words.reachability().hears(C, A)).isTrue();
    assertThat(words.reachability().hears(A, C)).as("A has said so").isFalse();
  }

  @Test
  void whoIsOutOfReachIsTakenAtItsLastWord() {
    words.take(Map.of(A, List.of(B, C), C, List.of(A)), nodes("{A,B,C}"));
    words.take(Map.of(A, List.of(B)), nodes("{A,B,C}"));
    assertThat(words.reachability().hears(C, A)).isTrue();
    assertThat(words.reachability().hears(C, B)).isFalse();
  }

  @Test
  void aNewWordReplacesTheLast() {
    words.take(Map.of(C, List.of(A)), nodes("{A,B,C}"));
    words.take(Map.of(C, List.of(B)), nodes("{A,B,C}"));
    assertThat(words.reachability().hears(C, A)).isFalse();
    assertThat(words.reachability().hears(C, B)).isTrue();
  }

  @Test
  void whatOneSaidThatDoesNotCountIsForgotten() {
    words.take(Map.of(C, List.of(A)), nodes("{A,B,C}"));
    words.take(Map.of(C, List.of(A)), nodes("{A,B}"));
    assertThat(words.reachability().nodes()).containsExactly(A, B);
    words.take(Map.of(), nodes("{A,B,C}"));
    assertThat(words.reachability().hears(C, B)).as("as one that has said nothing yet").isTrue();
  }

  @Test
  void freshIsTheWordOfThisNodeAndOfWhomItHears() {
    words.take(Map.of(B, List.of(A, C)), nodes("{A,B,C}"));
    assertThat(words.fresh()).as("it has said nothing itself").containsExactly(A);
    words.take(Map.of(A, List.of(C)), nodes("{A,B,C}"));
    assertThat(words.fresh()).containsExactly(A, C);
    words.take(Map.of(A, List.of()), nodes("{A,B,C}"));
    assertThat(words.fresh()).containsExactly(A);
  }
}
