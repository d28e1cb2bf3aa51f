package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskOrder;
import io.mcpnode.state.TaskOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakeoverTest {

  private static final TaskInfo FIRST =
      TaskInfo.created(
          new TaskOrder("t", "{}", "2025-11-25", "{}", null, null, 1_000, null), "n1#1", 0);

  private static TaskInfo inRun(int run) {
    TaskInfo task = FIRST;
    for (int i = 1; i < run; i++) {
      task = task.restarted(i, "n1#1", 0);
    }
    return task;
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, false, LEAVE",
    "1, false, true,  LEAVE",
    "3, false, true,  LEAVE",
    "1, true,  true,  RUN_AGAIN",
    "2, true,  true,  RUN_AGAIN",
    "3, true,  true,  FAIL",
    "1, true,  false, FAIL",
    "3, true,  false, FAIL",
  })
  void whatBecomesOfATask(int run, boolean gone, boolean repeatable, Takeover expected) {
    assertThat(Takeover.of(inRun(run), gone, repeatable)).isEqualTo(expected);
    TaskInfo asking = inRun(run).asks(run, "q", "{}", 0);
    assertThat(Takeover.of(asking, gone, repeatable)).isEqualTo(expected);
  }

  @Test
  void whatHasEndedIsLeft() {
    TaskInfo ended = FIRST.ended(1, new TaskOutcome(TaskOutcome.Kind.RESULT, "{}"), 0);
    for (TaskInfo task : new TaskInfo[] {ended, FIRST.cancelled(0)}) {
      assertThat(Takeover.of(task, true, true)).isEqualTo(Takeover.LEAVE);
      assertThat(Takeover.of(task, true, false)).isEqualTo(Takeover.LEAVE);
    }
  }
}
