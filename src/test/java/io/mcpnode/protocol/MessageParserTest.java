package io.mcpnode.protocol;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {

  /** Body → what it is. */
  private static final String TABLE =
      """
      {"jsonrpc":"2.0","id":1,"method":"ping"} → request 1 ping
      {"jsonrpc":"2.0","id":"a","method":"ping"} → request "a" ping
      {"jsonrpc":"2.0","id":"","method":"ping"} → request "" ping
      {"jsonrpc":"2.0","id":"1","method":"ping"} → request "1" ping
      {"jsonrpc":"2.0","id":0,"method":"ping"} → request 0 ping
      {"jsonrpc":"2.0","id":-7,"method":"ping"} → request -7 ping
      {"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"ping"} → request 123456789012345678901234567890 ping
      {"jsonrpc":"2.0","id":"\\u0061","method":"ping"} → request "a" ping
      {"jsonrpc":"2.0","id":"\\"\\\\\\n","method":"ping"} → request "\\"\\\\\\n" ping
      {"jsonrpc":"2.0","id":"ü","method":"ping"} → request "ü" ping
      {"jsonrpc":"2.0","id":"\\ud800","method":"ping"} → request "\\ud800" ping
      {"method":"ping","id":1,"jsonrpc":"2.0"} → request 1 ping
      {"params":{"name":"x"},"method":"tools/call","id":1,"jsonrpc":"2.0"} → request 1 tools/call
      {"jsonrpc":"2.0","id":1,"m\\u0065thod":"ping"} → request 1 ping
      {"jsonrpc":"2.0","id":1,"method":"ping","params":null} → request 1 ping
      {"jsonrpc":"2.0","id":1,"method":"ping","params":{}} → request 1 ping
      {"jsonrpc":"2.0","id":1,"method":"ping","extra":[1,{"id":2}]} → request 1 ping
      {"jsonrpc":"2.0","id":1,"method":""} → request 1\s
      \s{ "jsonrpc" : "2.0" , "id" : 1 , "method" : "ping" }\s → request 1 ping
      {"jsonrpc":"2.0","method":"notifications/initialized"} → notification notifications/initialized
      {"jsonrpc":"2.0","method":"x","params":{"a":1}} → notification x
      {"jsonrpc":"2.0","id":1,"result":{}} → response 1
      {"jsonrpc":"2.0","id":"q","result":null} → response "q"
      {"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}} → response 1
      {"jsonrpc":"2.0","error":{"code":1,"message":"m"}} → response null
      [{"jsonrpc":"2.0","id":1,"method":"ping"}] → batch [request 1 ping]
      [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"n"}] → batch [request 1 ping, notification n]
      [{"jsonrpc":"2.0","id":1,"method":"ping"},7] → batch [request 1 ping, invalid -32600]
      [[{"jsonrpc":"2.0","id":1,"method":"ping"}]] → batch [invalid -32600]
      [] → invalid -32600
      {} → invalid -32600
      {"jsonrpc":"2.0"} → invalid -32600
      {"jsonrpc":"2.0","id":1} → invalid -32600 id 1
      {"id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":"1.0","id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":2.0,"id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":2,"id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":null,"id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":["2.0"],"id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":null,"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":1.5,"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":1.0,"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":1e3,"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":true,"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":{},"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":[1],"method":"ping"} → invalid -32600
      {"jsonrpc":"2.0","id":1,"method":7} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":null} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":{"a":1}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"ping","params":[]} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"ping","params":"x"} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"ping","params":5} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"ping","result":{}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"result":{},"error":{}} → invalid -32600 id 1
      {"jsonrpc":"2.0","result":{}} → invalid -32600
      {"jsonrpc":"2.0","id":null,"result":{}} → invalid -32600
      {"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"ping"} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"id":2,"method":"ping"} → invalid -32600 id 2
      {"jsonrpc":"2.0","id":1,"method":"ping","method":"x"} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"ping","params":{},"params":{}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"result":{},"result":{}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{},"arguments":{}}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{},"_meta":{}}} → invalid -32600 id 1
      {"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"progressToken":1,"progressToken":2}}} → invalid -32600 id 1
      1 → invalid -32600
      "text" → invalid -32600
      null → invalid -32600
      true → invalid -32600
      hello → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping" → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping"}} → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping"} x → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"} → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping"},null → invalid -32700
      {'jsonrpc':'2.0'} → invalid -32700
      {"jsonrpc":"2.0","id":01,"method":"ping"} → invalid -32700
      {"jsonrpc":"2.0","id":+1,"method":"ping"} → invalid -32700
      {"jsonrpc":"2.0","id":NaN,"method":"ping"} → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"ping",} → invalid -32700
      {"jsonrpc":"2.0" "id":1} → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"a	b"} → invalid -32700
      {"jsonrpc":"2.0","id":1,"method":"\\x"} → invalid -32700
      {"jsonrpc":"1.0","id":1,"method":"ping"} junk → invalid -32700
      // note → invalid -32700
      [1,2 → invalid -32700
      """;

  static Stream<String> rows() {
    return TABLE.lines();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void classifies(String row) {
    String[] sides = row.split(" → ", -1);
    assertThat(sides).hasSize(2);
    assertThat(show(parse(sides[0]))).isEqualTo(sides[1]);
  }

  @Test
  void nothingButUtf8IsRead() {
    assertThat(show(MessageParser.parse(new byte[0]))).isEqualTo("invalid -32700");
    assertThat(show(parse("  \n "))).isEqualTo("invalid -32700");
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    assertThat(show(parse("\uFEFF" + ping))).isEqualTo("invalid -32700");
    assertThat(show(MessageParser.parse(ping.getBytes(UTF_16LE)))).isEqualTo("invalid -32700");
    for (int[] wrong :
        new int[][] {
          {0x80},
          {0xC0, 0x80},
          {0xC1, 0xBF},
          {0xC3},
          {0xC3, 0x28},
          {0xE0, 0x80, 0x80},
          {0xED, 0xA0, 0x80},
          {0xF0, 0x80, 0x80, 0x80},
          {0xF4, 0x90, 0x80, 0x80},
          {0xF5, 0x80},
          {0xFE},
          {0xFF},
          {0xE2, 0x82}
        }) {
      byte[] body = withMethod(wrong);
      assertThat(show(MessageParser.parse(body))).as("%s", body).isEqualTo("invalid -32700");
    }
    for (int[] right :
        new int[][] {
          {0xC3, 0xBC}, {0xE2, 0x82, 0xAC}, {0xED, 0x9F, 0xBF}, {0xF4, 0x8F, 0xBF, 0xBF}
        }) {
      assertThat(MessageParser.parse(withMethod(right))).isInstanceOf(Message.Request.class);
    }
  }

  private static byte[] withMethod(int... bytes) {
    byte[] head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"".getBytes(UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + bytes.length + 2);
    for (int i = 0; i < bytes.length; i++) {
      body[head.length + i] = (byte) bytes[i];
    }
    body[body.length - 2] = '"';
    body[body.length - 1] = '}';
    return body;
  }

  @Test
  void boundsAreRefusedAndNotThrown() {
    String prefix = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":";
    assertThat(show(parse(prefix + "[".repeat(98) + "]".repeat(98) + "}}")))
        .isEqualTo("request 1 x");
    assertThat(show(parse(prefix + "[".repeat(99) + "]".repeat(99) + "}}")))
        .isEqualTo("invalid -32600");
    assertThat(show(parse("[".repeat(100_000)))).isEqualTo("invalid -32600");
    assertThat(show(parse(prefix + "9".repeat(1000) + "}}"))).isEqualTo("request 1 x");
    assertThat(show(parse(prefix + "9".repeat(1001) + "}}"))).isEqualTo("invalid -32600");
    assertThat(show(parse(prefix + "{\"" + "k".repeat(10_001) + "\":1}}}")))
        .isEqualTo("invalid -32600");
    String id = "x".repeat(RequestId.MAX_LENGTH);
    assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"x\"}"))
        .isInstanceOf(Message.Request.class);
    assertThat(show(parse("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "x\",\"method\":\"x\"}")))
        .isEqualTo("invalid -32600");
    assertThat(show(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "m".repeat(257) + "\"}")))
        .isEqualTo("invalid -32600 id 1");
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    assertThat(parse("[" + (ping + ",").repeat(99) + ping + "]")).isInstanceOf(Message.Batch.class);
    assertThat(show(parse("[" + (ping + ",").repeat(100) + ping + "]")))
        .isEqualTo("invalid -32600");
  }

  @Test
  void paramsKeepTheirPlaceInTheBody() {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\": {\"name\":\"é\","
            + "\"arguments\": {\"a\":{\"b\":[1,2]}} , \"cursor\":\"c\"} }";
    Params params = ((Message.Request) parse(body)).params();
    byte[] bytes = body.getBytes(UTF_8);
    assertThat(new String(bytes, params.start(), params.end() - params.start(), UTF_8))
        .startsWith("{\"name\"")
        .endsWith("\"c\"}");
    assertThat(
            new String(
                bytes,
                params.argumentsStart(),
                params.argumentsEnd() - params.argumentsStart(),
                UTF_8))
        .isEqualTo("{\"a\":{\"b\":[1,2]}}");
    assertThat(params.argumentsTree().at("/a/b/1").intValue()).isEqualTo(2);
    assertThat(params.tree().path("cursor").textValue()).isEqualTo("c");
    assertThat(params.name()).isEqualTo("é");
    assertThat(params.cursor()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20_000})
  void argumentsAreTheSameTreeHoweverLargeTheBody(int padding) throws IOException {
    String arguments =
        "{\"a\":[1,-2147483649,123456789012345678901234567890,2.5,-1.5e40,\"s\\u00fc\",true,false,"
            + "null,{}],\"b\":{\"c\":[[]]},\"b\":{\"d\":0}}";
    Params params =
        params(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"arguments\":"
                + arguments
                + "}"
                + " ".repeat(padding)
                + "}");
    assertThat(params.argumentsTree()).isEqualTo(new ObjectMapper().readTree(arguments));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20_000})
  void numbersInArgumentsAreNotRoundedHoweverLargeTheBody(int padding) {
    String arguments = "{\"a\":[9007199254740993.5,1E+400,0.1,1e9999]}";
    Params params =
        params(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"arguments\":"
                + arguments
                + "}"
                + " ".repeat(padding)
                + "}");
    assertThat(params.argumentsTree().toString()).isEqualTo(arguments);
    assertThat(params.exactTree().path("arguments").toString()).isEqualTo(arguments);
  }

  @Test
  void absentNullAndWrongArgumentsAreTold() {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{";
    assertThat(params(head + "}}").arguments()).isEqualTo(Shape.ABSENT);
    assertThat(params(head + "\"arguments\":null}}").arguments()).isEqualTo(Shape.ABSENT);
    assertThat(params(head + "\"arguments\":null}}").argumentsTree()).isEmpty();
    assertThat(params(head + "\"arguments\":{}}}").arguments()).isEqualTo(Shape.OBJECT);
    assertThat(params(head + "\"arguments\":[1]}}").arguments()).isEqualTo(Shape.OTHER);
    assertThat(params(head + "\"name\":{\"x\":1},\"arguments\":\"{}\"}}").arguments())
        .isEqualTo(Shape.OTHER);
  }

  @Test
  void metaIsReadWithItsTypes() {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"_meta\":";
    Meta meta =
        params(
                head
                    + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{\"a\":{}},"
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"n\"},"
                    + "\"io.modelcontextprotocol/logLevel\":\"info\",\"other\":{\"x\":[1]},"
                    + "\"progressToken\":7,\"traceparent\":\"00-1\"}}}")
            .meta();
    assertThat(meta)
        .isEqualTo(
            new Meta(
                Shape.OBJECT,
                true,
                "2026-07-28",
                Shape.OBJECT,
                Shape.OBJECT,
                RequestId.of(7),
                "info",
                "00-1",
                null));
    assertThat(params(head + "5}}").meta()).isEqualTo(Meta.NOT_AN_OBJECT);
    assertThat(params(head + "null}}").meta()).isEqualTo(Meta.NONE);
    Meta wrong =
        params(
                head
                    + "{\"io.modelcontextprotocol/protocolVersion\":5,"
                    + "\"io.modelcontextprotocol/clientCapabilities\":[]}}}")
            .meta();
    assertThat(wrong.claimsModern()).isTrue();
    assertThat(wrong.protocolVersion()).isNull();
    assertThat(wrong.clientCapabilities()).isEqualTo(Shape.OTHER);
    assertThat(wrong.problem()).contains("protocolVersion").contains("expected: string");
    assertThat(params(head + "{\"progressToken\":1.5}}}").meta().problem())
        .contains("progressToken");
  }

  private static Params params(String body) {
    return ((Message.Request) parse(body)).params();
  }

  static Message parse(String body) {
    return MessageParser.parse(body.getBytes(UTF_8));
  }

  static String show(Message message) {
    if (message instanceof Message.Request request) {
      return "request " + request.id().json() + " " + request.method();
    }
    if (message instanceof Message.Notification notification) {
      return "notification " + notification.method();
    }
    if (message instanceof Message.Response response) {
      return "response " + (response.id() == null ? null : response.id().json());
    }
    if (message instanceof Message.Batch batch) {
      return batch.messages().stream()
          .map(MessageParserTest::show)
          .collect(Collectors.joining(", ", "batch [", "]"));
    }
    Message.Invalid invalid = (Message.Invalid) message;
    return "invalid "
        + invalid.error().code().value()
        + (invalid.id() == null ? "" : " id " + invalid.id().json());
  }
}
