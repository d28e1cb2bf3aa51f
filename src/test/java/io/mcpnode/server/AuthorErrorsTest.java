package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.McpException;
import io.mcpnode.api.MissingCapabilityException;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON-RPC errors that authors choose, as clients of the revisions get them. */
class AuthorErrorsTest {

  private static final String WHO = "anonymous";

  @ParameterizedTest
  @CsvSource({
    "-32603, -32603, -32603",
    "-32602, -32602, -32602",
    "7, 7, 7",
    "-32000, -32000, -32000",
    "-32002, -32002, -32602",
    "-32019, -32019, -32019",
    "-32020, -32603, -32603",
    "-32021, -32603, -32603",
    "-32022, -32603, -32603",
    "-32042, -32603, -32603",
    "-32099, -32603, -32603",
    "-32100, -32100, -32100"
  })
  void aCodeThatTheSpecificationKeepsIsNoAuthorsToSay(int code, String legacy, String modern) {
    Rig rig =
        new Rig(
            FakeTool.of(
                "fail",
                (arguments, call) -> Future.failedFuture(new McpException(code, "as it is"))));
    FakeClient within = rig.post(rig.open("2025-11-25"), Rig.call(1, "fail", "{}"));
    assertThat(within.shown()).isEqualTo("200 " + legacy);
    assertThat(within.json().at("/error/message").asText()).isEqualTo("as it is");
    assertThat(rig.modern("tools/call", "{'name':'fail'}").shown()).isEqualTo("200 " + modern);
  }

  @Test
  void aTaskThatLacksSomethingOfItsClientEndsInTheWordsOfTheRevision() {
    TaskRig rig = new TaskRig();
    MissingCapabilityException lacking = new MissingCapabilityException(ClientCapability.SAMPLING);
    String modern = rig.task(WHO, "job");
    String session = rig.open("2025-11-25", WHO);
    String legacy = rig.task(session, WHO, "job");
    rig.running.get(0).fail(lacking);
    rig.running.get(1).fail(lacking);
    JsonNode error = rig.get(WHO, modern).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(-32021);
    assertThat(error.at("/data/requiredCapabilities").toString()).isEqualTo("{\"sampling\":{}}");
    JsonNode result =
        TaskRig.result(rig.legacy(session, WHO, "tasks/result", "{'taskId':'" + legacy + "'}"));
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.at("/content/0/text").asText()).contains("SAMPLING");
  }
}
