package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.process.McpReply.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpReplyTest {

  private static McpReply json(int status, String body) {
    return McpReply.of(status, "application/json", body, 7, "", "n1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'id':7,'result':{'content':[]}}                | RESULT",
        "200 | {'id':8,'result':{'content':[]}}                | ERROR",
        "200 | {'id':7,'result':{'content':[],'isError':true}} | ERROR",
        "200 | {'id':7,'error':{'code':-32602}}                | ERROR",
        "200 | {'id':7,'error':{'code':-32010}}                | OWNER_LOST",
        "503 | {'id':7,'error':{'code':-32010}}                | OWNER_LOST",
        "503 | {'error':{'code':-32000}}                       | REFUSED",
        "404 | {'error':{'code':-32001}}                       | GONE",
        "404 | nothing                                         | GONE",
        "500 | oops                                            | ERROR",
        "200 | oops                                            | ERROR"
      })
  void anAnswerIsOfTheKindItsClientMustTellApart(int status, String body, Kind kind) {
    assertThat(json(status, body.replace('\'', '"')).kind()).isEqualTo(kind);
  }

  @Test
  void theAnswerIsFoundAmongTheEventsOfAStream() {
    String stream =
        ": hello\r\nid: 1\r\ndata:\r\n\r\n"
            + "event: message\ndata: {\"method\":\"notifications/progress\"}\n\n"
            + "data: {\"id\":7,\ndata: \"result\":{\"structuredContent\":{\"value\":3}}}\n\n";
    McpReply reply = McpReply.of(200, "text/event-stream; charset=utf-8", stream, 7, "", "");
    assertThat(reply.kind()).isEqualTo(Kind.RESULT);
    assertThat(reply.structured().getInteger("value")).isEqualTo(3);
  }

  @Test
  void aStreamWithoutTheAnswerIsAnError() {
    assertThat(McpReply.of(200, "text/event-stream", "data: {}\n\n", 7, "", "").kind())
        .isEqualTo(Kind.ERROR);
  }

  @Test
  void aNotificationIsAcceptedWith202() {
    assertThat(McpReply.of(202, "", "", null, "", "").kind()).isEqualTo(Kind.ACCEPTED);
    assertThat(McpReply.of(200, "", "", null, "", "").kind()).isEqualTo(Kind.ERROR);
  }
}
