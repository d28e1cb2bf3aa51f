package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskOrder;
import io.mcpnode.wire.NodeId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskProjectionTest {

  private static final TaskOrder ORDER =
      new TaskOrder("job", "{}", "2025-11-25", "{}", null, null, 60_000, null);

  private final TaskProjection projection = new TaskProjection(new ServerCard("mcp-node", "1.0"));

  @ParameterizedTest
  @CsvSource({
    "1000, 995, 1970-01-01T00:00:01Z",
    "1000, 1000, 1970-01-01T00:00:01Z",
    "1000, 3000, 1970-01-01T00:00:03Z",
  })
  void aTaskIsNeverUpdatedBeforeItWasCreated(long created, long updated, String told)
      throws Exception {
    TaskInfo task = TaskInfo.created(ORDER, "n1#1", updated);
    StateRecord record =
        new StateRecord(
            "T1",
            Kind.TASK,
            new NodeId("n1", 1),
            1,
            1,
            "anonymous",
            created,
            created,
            0,
            List.of(),
            Contents.ofTask(task));
    for (boolean modern : new boolean[] {false, true}) {
      JsonNode message =
          new ObjectMapper()
              .readTree(projection.task(RequestId.of(1), record, task, modern).toByteArray());
      assertThat(message.at("/result/createdAt").asText()).isEqualTo("1970-01-01T00:00:01Z");
      assertThat(message.at("/result/lastUpdatedAt").asText()).isEqualTo(told);
    }
  }
}
