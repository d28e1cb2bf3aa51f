package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

  private static Buffer body(JsonOut out) {
    return Buffer.buffer().appendBytes(out.array(), 0, out.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "-1.5e3",
        "\"a\"",
        "\"\"",
        "\"with \\\" and \\\\\"",
        "\"},\\\"error\\\":\"",
        "\"a,b\""
      })
  void whatOurWriterWritesIsTold(String idJson) {
    String message = "{\"jsonrpc\":\"2.0\",\"id\":" + idJson;
    assertThat(Outcome.isError(Buffer.buffer(message + ",\"result\":{\"error\":1}}"))).isFalse();
    assertThat(Outcome.isError(Buffer.buffer(message + ",\"error\":{\"code\":1}}"))).isTrue();
  }

  @Test
  void theWriterItselfIsUnderstood() {
    RpcError error = RpcError.of(RpcCode.INVALID_PARAMS, "no");
    assertThat(Outcome.isError(body(MessageWriter.error(null, error)))).isTrue();
    RequestId id = RequestId.of(5);
    assertThat(Outcome.isError(body(MessageWriter.error(id, error)))).isTrue();
    byte[] result = "{\"error\":true}".getBytes(StandardCharsets.UTF_8);
    assertThat(Outcome.isError(body(MessageWriter.result(id, result)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"jsonrpc\":\"2.0\",",
        "{\"jsonrpc\":\"2.0\",\"id\":",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\\",
        "[]"
      })
  void whatIsCutOffIsNoError(String text) {
    assertThat(Outcome.isError(Buffer.buffer(text))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "200, OK",
    "202, OK",
    "400, ERROR",
    "404, NOT_FOUND",
    "413, ERROR",
    "500, FAILED",
    "503, UNAVAILABLE"
  })
  void theStatusTellsTheRest(int status, Outcome outcome) {
    assertThat(Outcome.of(new Answer(status, null, "n1", null, 0))).isEqualTo(outcome);
  }

  @Test
  void everyMethodHasItsOwnNumberAndUnknownOnesShareOne() {
    List<String> names =
        IntStream.range(0, RequestMeters.count()).mapToObj(RequestMeters::name).toList();
    for (String name : names) {
      int number = RequestMeters.number(name);
      boolean itself = !List.of("invalid", "other", "notification").contains(name);
      assertThat(RequestMeters.name(number)).isEqualTo(itself ? name : "other");
    }
    assertThat(RequestMeters.name(RequestMeters.number("notifications/x")))
        .isEqualTo("notification");
    assertThat(RequestMeters.name(RequestMeters.number("made/up"))).isEqualTo("other");
  }
}
