package io.mcpnode.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskInfoTest {

  private static final TaskOutcome RESULT = new TaskOutcome(TaskOutcome.Kind.RESULT, "{\"r\":1}");
  private static final TaskOutcome TOOL_ERROR =
      new TaskOutcome(TaskOutcome.Kind.TOOL_ERROR, "{\"t\":1}");
  private static final TaskOutcome PROTOCOL_ERROR =
      new TaskOutcome(TaskOutcome.Kind.PROTOCOL_ERROR, "{\"code\":1}");

  private static final TaskOrder ORDER =
      new TaskOrder("t", "{}", "2025-11-25", "{}", "S1", "7", 60_000, "00-a-b-01");

  private static TaskInfo working() {
    return TaskInfo.created(ORDER, "n1#1", 1_000);
  }

  /** A step by its name, as run 1 or by its client, at 2,000. */
  private static UnaryOperator<TaskInfo> step(String name) {
    return switch (name) {
      case "asks" -> task -> task.asks(1, "q2", "{}", 2_000);
      case "answered" -> task -> task.answered(Map.of("q1", "{}"), 2_000);
      case "ended" -> task -> task.ended(1, RESULT, 2_000);
      case "failed" -> task -> task.ended(1, PROTOCOL_ERROR, 2_000);
      case "cancelled" -> task -> task.cancelled(2_000);
      case "restarted" -> task -> task.restarted(1, "n2#1", 2_000);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static TaskInfo in(TaskStatus status) {
    return switch (status) {
      case WORKING -> working();
      case INPUT_REQUIRED -> working().asks(1, "q1", "{}", 1_500);
      case COMPLETED -> working().ended(1, TOOL_ERROR, 1_500);
      case FAILED -> working().ended(1, PROTOCOL_ERROR, 1_500);
      case CANCELLED -> working().cancelled(1_500);
    };
  }

  static Stream<List<Object>> everyStepInEveryStatus() {
    List<List<Object>> all = new ArrayList<>();
    for (String row :
        List.of(
            "asks      INPUT_REQUIRED INPUT_REQUIRED",
            "answered  WORKING        WORKING",
            "ended     COMPLETED      COMPLETED",
            "failed    FAILED         FAILED",
            "cancelled CANCELLED      CANCELLED",
            "restarted WORKING        WORKING")) {
      String[] cells = row.split(" +");
      all.add(List.of(cells[0], TaskStatus.WORKING, TaskStatus.valueOf(cells[1])));
      all.add(List.of(cells[0], TaskStatus.INPUT_REQUIRED, TaskStatus.valueOf(cells[2])));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyStepInEveryStatus")
  void aTaskThatGoesOnTakesEveryStep(List<Object> row) {
    TaskStatus before = (TaskStatus) row.get(1);
    TaskInfo after = step((String) row.get(0)).apply(in(before));
    assertThat(after.status()).isEqualTo(row.get(2));
    assertThat(before == after.status() || before.mayBecome(after.status())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
  void whatIsTerminalNeverChanges(TaskStatus status) {
    TaskInfo task = in(status);
    assertThat(task.status()).isEqualTo(status);
    for (String step : List.of("asks", "answered", "ended", "failed", "cancelled", "restarted")) {
      assertThat(step(step).apply(task)).as(step).isSameAs(task);
    }
    for (TaskStatus next : TaskStatus.values()) {
      assertThat(status.mayBecome(next)).isFalse();
    }
  }

  @Test
  void aRunThatWasReplacedHasNoSayAnyMore() {
    TaskInfo second = working().restarted(1, "n2#1", 2_000);
    assertThat(second.run()).isEqualTo(2);
    assertThat(second.runner()).isEqualTo("n2#1");
    assertThat(second.ended(1, RESULT, 3_000)).isSameAs(second);
    assertThat(second.asks(1, "q", "{}", 3_000)).isSameAs(second);
    assertThat(second.restarted(1, "n3#1", 3_000)).isSameAs(second);
    assertThat(second.ended(2, RESULT, 3_000).outcome()).isEqualTo(RESULT);
  }

  @Test
  void aNewRunForgetsWhatTheOldOneAsked() {
    TaskInfo second = in(TaskStatus.INPUT_REQUIRED).restarted(1, "n2#1", 2_000);
    assertThat(second.status()).isEqualTo(TaskStatus.WORKING);
    assertThat(second.inputs()).isEmpty();
    assertThat(second.updatedAt()).isEqualTo(2_000);
    assertThat(working().restarted(1, "n2#1", 2_000).updatedAt()).isEqualTo(1_000);
  }

  @Test
  void itWorksOnWhenTheLastQuestionIsAnswered() {
    TaskInfo two = working().asks(1, "a", "{}", 1_100).asks(1, "b", "{}", 1_200);
    TaskInfo one = two.answered(Map.of("a", "{\"x\":1}", "unknown", "{}"), 1_300);
    assertThat(one.status()).isEqualTo(TaskStatus.INPUT_REQUIRED);
    assertThat(one.inputs()).extracting(TaskInput::open).containsExactly(false, true);
    assertThat(one.answered(Map.of("a", "{\"x\":2}"), 1_400)).isSameAs(one);
    TaskInfo none = one.answered(Map.of("b", "{}"), 1_500);
    assertThat(none.status()).isEqualTo(TaskStatus.WORKING);
    assertThat(none.inputs().get(0).response()).isEqualTo("{\"x\":1}");
    assertThat(none.updatedAt()).isEqualTo(1_500);
  }

  @Test
  void theSameKeyIsTheSameQuestionAndTooManyAreRefused() {
    TaskInfo task = working().asks(1, "0", "{}", 1_100);
    assertThat(task.asks(1, "0", "{\"other\":1}", 1_200)).isSameAs(task);
    for (int i = 1; i < TaskInfo.MAX_INPUTS; i++) {
      task = task.asks(1, "" + i, "{}", 1_200);
    }
    assertThat(task.inputs()).hasSize(TaskInfo.MAX_INPUTS);
    assertThat(task.asks(1, "more", "{}", 1_300)).isSameAs(task);
  }

  @Test
  void theEndKeepsTheOutcomeAlone() {
    TaskInfo done = in(TaskStatus.INPUT_REQUIRED).ended(1, TOOL_ERROR, 2_000);
    assertThat(done.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(done.inputs()).isEmpty();
    assertThat(done.outcome()).isEqualTo(TOOL_ERROR);
    assertThat(done.order())
        .isEqualTo(new TaskOrder("t", "", "2025-11-25", "", "S1", "7", 60_000, "00-a-b-01"));
    assertThat(working().cancelled(2_000).order()).isEqualTo(done.order());
    assertThat(working().cancelled(2_000).outcome()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusIsCopiedAsItIs(TaskStatus status) {
    Contents contents = Contents.ofTask(in(status)).with("k", "\"v\"");
    assertThat(ContentsCodec.decode(ContentsCodec.encode(contents))).isEqualTo(contents);
    assertThat(TaskStatus.ofCode(status.code())).isEqualTo(status);
  }

  @Test
  void theSizeCountsAllThatClientsAndToolsPutIn() {
    TaskInfo asked = working().asks(1, "a", "1234", 1_100);
    assertThat(Contents.ofTask(asked).size()).isEqualTo(4 + 4);
    assertThat(Contents.ofTask(asked.answered(Map.of("a", "123"), 1_200)).size())
        .isEqualTo(4 + 4 + 3);
    assertThat(Contents.ofTask(asked.ended(1, RESULT, 1_200)).with("key", "1").size())
        .isEqualTo(RESULT.json().length() + 4);
  }
}
