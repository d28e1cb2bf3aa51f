package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.api.McpException;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.wire.FakeSpans.FakeSpan;
import io.mcpnode.wire.Span.Hop;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call that becomes a task leaves behind in a trace. */
class TaskSpansTest {

  private static final String WHO = "alice";

  private final TaskRig rig = new TaskRig();

  @BeforeEach
  void trace() {
    rig.spans.on = true;
  }

  private List<FakeSpan> executions() {
    return rig.spans.begun.stream().filter(span -> span.hop == Hop.EXECUTE).toList();
  }

  @Test
  void aRunIsAnExecutionLikeThatOfAnyCall() {
    rig.task(WHO, "job");
    FakeSpan edge = rig.spans.only(Hop.EDGE);
    FakeSpan execute = rig.spans.only(Hop.EXECUTE);
    assertThat(edge.ended).as("the client has its answer").isEqualTo(1);
    assertThat(rig.spans.only(Hop.REPLICATE).parent).isEqualTo(edge.traceparent);
    assertThat(execute.parent).isEqualTo(edge.traceparent);
    assertThat(execute.name).isEqualTo("execute_tool job");
    assertThat(execute.said)
        .containsEntry("gen_ai.tool.name", "job")
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("mcp.protocol.version", "2026-07-28");
    assertThat(rig.calls.get(0).traceparent()).contains(execute.traceparent);
    assertThat(execute.ended).isZero();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(execute.ended).isEqualTo(1);
    assertThat(execute.error).isNull();
  }

  @Test
  void aRunOfASessionNamesIt() {
    String session = rig.open("2025-11-25", WHO);
    rig.task(session, WHO, "job");
    assertThat(rig.spans.only(Hop.EXECUTE).said).containsEntry("mcp.session.id", session);
  }

  @Test
  void aFailedRunFailsItsSpan() {
    rig.task(WHO, "job");
    rig.task(WHO, "job");
    rig.running.get(0).complete(ToolOutcome.failed("no"));
    rig.running.get(1).fail(new McpException(-32602, "not so"));
    assertThat(executions()).extracting(span -> span.error).containsExactly("tool_error", "-32602");
  }

  @Test
  void aCancelledRunIsSo() {
    String task = rig.task(WHO, "job");
    rig.modern(WHO, "tasks/cancel", "{'taskId':'" + task + "'}");
    rig.running.get(0).complete(TaskRig.text("too late"));
    assertThat(rig.spans.only(Hop.EXECUTE).error).isEqualTo("cancelled");
    assertThat(rig.spans.only(Hop.EXECUTE).ended).isEqualTo(1);
  }

  @Test
  void theRunInPlaceOfALostOneBelongsToTheSameTrace() {
    String task = rig.task(WHO, "job");
    String edge = rig.spans.only(Hop.EDGE).traceparent;
    rig.takenOver(task);
    assertThat(executions()).extracting(span -> span.parent).containsExactly(edge, edge);
    rig.running.get(1).complete(TaskRig.text("done"));
    assertThat(executions().get(1).ended).isEqualTo(1);
  }

  @Test
  void aCallThatGoesOnAsATaskIsOneExecution() {
    FakeClient asked = rig.modern(WHO, "tools/call", "{'name':'later'}");
    String state = TaskRig.result(asked).path("requestState").asText();
    rig.spans.begun.clear();
    rig.modern(
        WHO,
        "tools/call",
        "{'name':'later','requestState':'"
            + state
            + "','inputResponses':{'who':{'action':'accept','content':{'name':'Ada'}}}}");
    FakeSpan execute = rig.spans.only(Hop.EXECUTE);
    assertThat(rig.spans.only(Hop.EDGE).ended).isEqualTo(1);
    assertThat(execute.ended).isZero();
    String task = rig.affinity.keys(io.mcpnode.state.Kind.TASK).get(0);
    rig.modern(
        WHO,
        "tasks/update",
        "{'taskId':'"
            + task
            + "','inputResponses':{'sure':{'action':'accept','content':{'sure':true}}}}");
    assertThat(execute.ended).isEqualTo(1);
  }

  @Test
  void whatIsNotRecordedIsNotKeptWithTheTask() {
    rig.spans.on = false;
    String task = rig.task(WHO, "job");
    assertThat(rig.affinity.hosted(task).record().contents().task().order().traceparent()).isNull();
  }
}
