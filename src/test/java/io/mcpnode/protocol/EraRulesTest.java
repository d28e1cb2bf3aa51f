package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decision list for one endpoint with two eras, row by row, and the checks of the later one.
 */
class EraRulesTest {

  /**
   * Headers, separated by ; → body → decision. {@code $D} is a complete envelope, {@code $H} the
   * headers that go with it, but for Mcp-Method and Mcp-Name.
   */
  private static final String TABLE =
      """
      # 2: not JSON
      none → nonsense → 400 -32700
      $H → nonsense → 400 -32700
      $H;Mcp-Method: ping → {"jsonrpc" → 400 -32700
      # 3: arrays
      none → [{"jsonrpc":"2.0","id":1,"method":"ping"}] → legacy
      V: 2025-03-26 → [{"jsonrpc":"2.0","id":1,"method":"ping"}] → legacy
      $H → [{"jsonrpc":"2.0","id":1,"method":"ping"}] → 400 -32600
      none → [{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}}] → 400 -32600
      none → [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"n","params":{"_meta":$D}}] → 400 -32600
      none → [{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}] → 400 -32600
      none → [{"jsonrpc":"2.0","id":0,"method":"ping"},{"jsonrpc":"2.0","id":1,"method":"initialize"}] → 400 -32600
      none → [] → 400 -32600
      none → [7] → legacy
      # 4: no JSON-RPC
      none → {} → 400 -32600
      none → {"jsonrpc":"2.0","id":null,"method":"ping"} → 400 -32600
      $H → {"jsonrpc":"2.0","id":null,"method":"tools/list"} → 400 -32600
      none → {"jsonrpc":"2.0","id":5} → 400 -32600 id 5
      # 5: a claim in the body decides, whatever else there is
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      $H;Mcp-Method: server/discover → {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":$D}} → modern server/discover
      $H;Mcp-Session-Id: abc;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      $H;Mcp-Method: initialize → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: ping → {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: logging/setLevel → {"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: resources/subscribe → {"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: resources/unsubscribe → {"jsonrpc":"2.0","id":1,"method":"resources/unsubscribe","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: tasks/result → {"jsonrpc":"2.0","id":1,"method":"tasks/result","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: tasks/list → {"jsonrpc":"2.0","id":1,"method":"tasks/list","params":{"_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: unknown/method → {"jsonrpc":"2.0","id":"u","method":"unknown/method","params":{"_meta":$D}} → 404 -32601 id "u"
      # 5a: header and body name the same revision
      V: 2025-11-25;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → 400 -32020 id 1
      Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: x → {"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"$Pversion":"v999"}}} → 400 -32020 id 1
      V: v999;Mcp-Method: x → {"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":$D}} → 400 -32020 id 1
      V:   2026-07-28  ;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      # 5b: a revision spoken here
      V: v999.0.0 → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"v999.0.0","$Pcaps":{}}}} → 400 -32022 id 1
      V: v999.0.0 → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"v999.0.0"}}} → 400 -32022 id 1
      V: 2025-11-25 → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2025-11-25","$Pcaps":{}}}} → 400 -32022 id 1
      V: 2025-06-18 → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"_meta":{"$Pversion":"2025-06-18","$Pcaps":{}}}} → 400 -32022 id 1
      # 5c: the envelope
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28"}}} → 400 -32602 id 1
      $H;Mcp-Method: wrong → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28"}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":5}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":null}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Pinfo":"x"}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Pinfo":{"name":5}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Pinfo":{"name":"a","version":{}}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Pinfo":{"title":"x","version":true,"name":"a"}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"sampling":5}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"elicitation":"form"}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"roots":[]}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"tasks":true}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"extensions":[]}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"x":{"roots":1},"experimental":1.5}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"roots":{"listChanged":true},"elicitation":{"form":{}},"sampling":{"tools":{},"y":[1]},"tasks":{},"extensions":{"a/b":1},"experimental":{"x":"y"},"other":7,"another":[{}]},"$Pinfo":{"name":"a","version":"1","title":5,"icons":[{"src":"a:b"}],"z":{"name":1}}}}} → modern tools/list
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"roots":null},"$Pinfo":{"name":null}}}} → modern tools/list
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{"roots":{}},"$Pinfo":{}}}} → modern tools/list
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Plevel":"loud"}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Plevel":3}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"progressToken":true}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":20260728,"$Pcaps":{}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28","$Pcaps":{},"$Plevel":"debug"}}} → modern tools/list
      # 5d: standard headers
      $H → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: TOOLS/LIST → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → 400 -32020 id 1
      $H;MCP-METHOD: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      $H;mcp-method:   tools/list\s\s → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      $H;Mcp-Method: wrong → {"jsonrpc":"2.0","id":1,"method":"unknown/method","params":{"_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: echo → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name:   echo\s\s → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: Echo → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: echo → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name: =?base64?ZWNobw==?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name: =?base64?w7w=?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ü","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name: ü → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ü","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: =?base64?ZWNobw?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: =?base64?ZWNo!!8=?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: =?BASE64?ZWNobw==?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tools/call;Mcp-Name: =?BASE64?ZWNobw==?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"=?BASE64?ZWNobw==?=","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name: =?base64?ZWNobw== → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"=?base64?ZWNobw==","_meta":$D}} → modern tools/call
      $H;Mcp-Method: tools/call;Mcp-Name: ZWNobw==?= → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ZWNobw==?=","_meta":$D}} → modern tools/call
      $H;Mcp-Method: resources/read;Mcp-Name: a:b → {"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"a:c","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: resources/read;Mcp-Name: a:b → {"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"a:b","_meta":$D}} → modern resources/read
      $H;Mcp-Method: tasks/get → {"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t","_meta":$D}} → 400 -32020 id 1
      $H;Mcp-Method: tasks/get;Mcp-Name: t → {"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t","_meta":$D}} → modern tasks/get
      $H;Mcp-Method: tasks/result → {"jsonrpc":"2.0","id":1,"method":"tasks/result","params":{"taskId":"t","_meta":$D}} → 404 -32601 id 1
      $H;Mcp-Method: prompts/get;Mcp-Name: p → {"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"p","_meta":$D}} → modern prompts/get
      # 6: only the header claims
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pcaps":{}}}} → 400 -32602 id 1
      $H;Mcp-Method: tools/list → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":7}} → 400 -32602 id 1
      $H;Mcp-Session-Id: s → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}} → 400 -32602 id 1
      $H → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}} → 400 -32602 id 1
      # 7: initialize
      none → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}} → initialize
      none → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2026-07-28"}} → initialize
      V: 2025-11-25 → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}} → initialize
      V: 1999-01-01 → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"x"}} → initialize
      # 8: responses
      none → {"jsonrpc":"2.0","id":1,"result":{}} → legacy
      V: 2025-06-18 → {"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}} → legacy
      $H → {"jsonrpc":"2.0","id":1,"result":{}} → 400 -32600
      # 9: notifications
      none → {"jsonrpc":"2.0","method":"notifications/initialized"} → legacy
      $H → {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}} → modern notification
      $H → {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"_meta":$D}} → modern notification
      V: 2025-06-18 → {"jsonrpc":"2.0","method":"x","params":{"_meta":$D}} → 400 -32020
      V: v2 → {"jsonrpc":"2.0","method":"x","params":{"_meta":{"$Pversion":"v2"}}} → 400 -32022
      V: 2025-11-25 → {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}} → legacy
      # 10: the rest needs a session, and its header names a revision with sessions
      none → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → legacy
      V: 2025-03-26 → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → legacy
      V: 2025-06-18 → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → legacy
      V: 2025-11-25 → {"jsonrpc":"2.0","id":1,"method":"server/discover"} → legacy
      V: 2024-11-05 → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → 400 -32000 id 1
      V: nonsense → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → 400 -32000 id 1
      V: nonsense → {"jsonrpc":"2.0","method":"notifications/initialized"} → 400 -32000
      none → {"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"progressToken":1}}} → legacy
      # a transport without headers: body rules alone
      absent → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":$D}} → modern tools/list
      absent → {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":$D}} → modern tools/call
      absent → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"v9","$Pcaps":{}}}} → 400 -32022 id 1
      absent → {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"$Pversion":"2026-07-28"}}} → 400 -32602 id 1
      absent → {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":$D}} → 404 -32601 id 1
      absent → {"jsonrpc":"2.0","id":1,"method":"initialize","params":{}} → initialize
      absent → {"jsonrpc":"2.0","id":1,"method":"tools/list"} → legacy
      absent → {"jsonrpc":"2.0","method":"x","params":{"_meta":$D}} → modern notification
      """;

  private static final String PREFIX = "io.modelcontextprotocol/";

  static Stream<String> rows() {
    return TABLE.lines().filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decides(String row) {
    String[] cells = row.split(" → ", -1);
    assertThat(cells).hasSize(3);
    String body =
        cells[1]
            .replace("$D", "{\"$Pversion\":\"2026-07-28\",\"$Pcaps\":{}}")
            .replace("$Pversion", PREFIX + "protocolVersion")
            .replace("$Pcaps", PREFIX + "clientCapabilities")
            .replace("$Pinfo", PREFIX + "clientInfo")
            .replace("$Plevel", PREFIX + "logLevel");
    Decision decision = EraRules.decide(MessageParserTest.parse(body), headers(cells[0]));
    assertThat(show(decision)).isEqualTo(cells[2]);
  }

  /** 1: verbs that bring no message. */
  private static final String VERBS =
      """
      GET → none → 400 -32000
      DELETE → none → 400 -32000
      GET → Mcp-Session-Id: s → session
      DELETE → mcp-session-id: s → session
      GET → V: 2025-11-25;Mcp-Session-Id: s → session
      GET → $H;Mcp-Session-Id: s → 405 -32600
      DELETE → V: odd;Mcp-Session-Id: s → 400 -32000
      DELETE → $H → 405 -32600
      PUT → Mcp-Session-Id: s → 405 -32000
      PATCH → none → 405 -32000
      """;

  static Stream<String> verbs() {
    return VERBS.lines();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void decidesVerbs(String row) {
    String[] cells = row.split(" → ", -1);
    Headers headers = headers(cells[1]);
    assertThat(show(EraRules.decide(cells[0], headers.get(Headers.SESSION_ID), headers)))
        .isEqualTo(cells[2]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$Pcaps':{'sampling':{},'roots':5} | clientCapabilities\"].roots: of another type (expected: object)",
        "$Pcaps':{},'$Pinfo':{'version':1} | clientInfo\"].version: of another type (expected: string)",
        "$Pcaps':[] | clientCapabilities\"]: of another type (expected: object)",
      })
  void anIllTypedEnvelopeIsToldWhere(String members, String message) {
    String body =
        ("{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{'_meta':{'$Pversion':"
                + "'2026-07-28','"
                + members
                + "}}}")
            .replace('\'', '"')
            .replace("$Pversion", PREFIX + "protocolVersion")
            .replace("$Pcaps", PREFIX + "clientCapabilities")
            .replace("$Pinfo", PREFIX + "clientInfo");
    Decision decision = EraRules.decide(MessageParserTest.parse(body), null);
    assertThat(((Decision.Refused) decision).error().message())
        .isEqualTo("params._meta[\"" + PREFIX + message);
  }

  @Test
  void anUnsupportedVersionNamesWhatIsSupported() {
    Decision decision =
        EraRules.decide(
            MessageParserTest.parse(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"_meta\":{\""
                    + PREFIX
                    + "protocolVersion\":\"v\\\"1\"}}}"),
            null);
    assertThat(((Decision.Refused) decision).error().data())
        .isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"v\\\"1\"}");
  }

  static Headers headers(String cell) {
    if (cell.equals("absent")) {
      return null;
    }
    Map<String, String> values = new TreeMap<>();
    if (!cell.equals("none")) {
      Arrays.stream(cell.replace("$H", "V: 2026-07-28").split(";"))
          .forEach(
              header -> {
                int colon = header.indexOf(':');
                String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
                values.put(
                    name.equals("v") ? Headers.PROTOCOL_VERSION : name,
                    header.substring(colon + 2));
              });
    }
    return values::get;
  }

  private static String show(Decision decision) {
    if (decision instanceof Decision.Modern modern) {
      return "modern " + modern.request().method();
    }
    if (decision instanceof Decision.ModernNotification) {
      return "modern notification";
    }
    if (decision instanceof Decision.Initialize) {
      return "initialize";
    }
    if (decision instanceof Decision.Legacy) {
      return "legacy";
    }
    if (decision instanceof Decision.SessionVerb) {
      return "session";
    }
    Decision.Refused refused = (Decision.Refused) decision;
    return refused.status().code()
        + " "
        + refused.error().code().value()
        + (refused.id() == null ? "" : " id " + refused.id().json());
  }
}
