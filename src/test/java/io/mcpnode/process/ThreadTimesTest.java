package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.process.ThreadTimes.Kind;
import io.mcpnode.process.ThreadTimes.Spent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadTimesTest {

  private static final String STAT =
      "12 (a (b) c) S 1 2 3 0 -1 4 5 6 7 8 250 50 0 0 20 0 9 0 1 2 3 4 5 6 7 8 9";

  @Test
  void aNameMayHaveBlanksAndParentheses() {
    assertThat(ThreadTimes.name(STAT)).isEqualTo("a (b) c");
    assertThat(ThreadTimes.spent(STAT)).isEqualTo(new Spent(2.5, 0.5));
  }

  @ParameterizedTest
  @CsvSource({
    "vert.x-eventloo, EVENT_LOOPS",
    "vert.x-worker-t, OTHERS",
    "hz.n1#1764040, HAZELCAST",
    "GC Thread#0, GARBAGE_COLLECTION",
    "G1 Conc#0, GARBAGE_COLLECTION",
    "C2 CompilerThre, COMPILER",
    "C1 CompilerThre, COMPILER",
    "java, OTHERS",
  })
  void threadsAreKnownByTheirNames(String name, Kind kind) {
    assertThat(ThreadTimes.kind(name)).isEqualTo(kind);
  }

  @Test
  void whatWasSpentBeforeDoesNotCount() {
    ThreadTimes before = new ThreadTimes(Map.of(Kind.EVENT_LOOPS, new Spent(1, 2)));
    ThreadTimes after =
        new ThreadTimes(
            Map.of(Kind.EVENT_LOOPS, new Spent(4, 7), Kind.COMPILER, new Spent(3, 0.5)));
    ThreadTimes since = after.since(before);
    assertThat(since.of(Kind.EVENT_LOOPS)).isEqualTo(new Spent(3, 5));
    assertThat(since.of(Kind.COMPILER)).isEqualTo(new Spent(3, 0.5));
    assertThat(since.of(Kind.HAZELCAST)).isEqualTo(Spent.NOTHING);
  }

  @Test
  void thisProcessHasSpentSomething() {
    ThreadTimes own = ThreadTimes.of(ProcessHandle.current().pid());
    double all = own.byKind().values().stream().mapToDouble(it -> it.user() + it.kernel()).sum();
    assertThat(all).isPositive();
  }
}
