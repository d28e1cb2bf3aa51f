package io.mcpnode.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.call.CallException.Executed;
import io.mcpnode.wire.Clock;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionTest {

  private static final CallException LATE =
      new CallException(CallError.TIMEOUT, Executed.UNKNOWN, "late");

  private final Execution execution = new Execution("n1", null, Clock.SYSTEM, 0);
  private final List<String> told = new ArrayList<>();

  @Test
  void whatAnInterruptedOperationSaysIsNotTheResultOfOneWhoseTimeIsUp() {
    execution.onCancel(() -> execution.fail(CallException.ofOperation(new InterruptedException())));
    execution.expire(LATE);
    assertThat(execution.result().cause()).isSameAs(LATE);
    assertThat(execution.isCancelled()).isTrue();
  }

  @Test
  void afterTheResultNothingExpires() {
    execution.onCancel(() -> told.add("cancelled"));
    execution.succeed(Buffer.buffer("1"));
    execution.expire(LATE);
    execution.cancel();
    assertThat(execution.result().result()).hasToString("1");
    assertThat(told).isEmpty();
  }

  @Test
  void whoIsToldIsToldOnce() {
    execution.onCancel(() -> told.add("cancelled"));
    execution.cancel();
    execution.expire(LATE);
    execution.cancel();
    assertThat(told).containsExactly("cancelled");
    assertThat(execution.result().cause()).isSameAs(LATE);
  }
}
