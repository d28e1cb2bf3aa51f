package io.mcpnode.http;

import static io.mcpnode.http.WrongRequest.ACCEPT;
import static io.mcpnode.http.WrongRequest.HOST;
import static io.mcpnode.http.WrongRequest.INITIALIZE;
import static io.mcpnode.http.WrongRequest.JSON;
import static io.mcpnode.http.WrongRequest.body;
import static io.mcpnode.http.WrongRequest.of;

import java.util.stream.Stream;

/** Requests that are good HTTP and wrong MCP: the rows of the table that need a whole node. */
final class WrongMessages {

  private static final String GOOD = HOST + JSON + ACCEPT;
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"%s\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private WrongMessages() {}

  static Stream<WrongRequest> all() {
    return Stream.of(notJson(), notJsonRpc(), sessions(), parameters(), modern())
        .flatMap(rows -> rows);
  }

  private static Stream<WrongRequest> notJson() {
    return Stream.of(
        body("empty body", "", 400, "-32700"),
        body("not JSON", "hello", 400, "-32700"),
        body("half an object", "{\"jsonrpc\":\"2.0\",", 400, "-32700"),
        body("two messages in one", LIST + LIST, 400, "-32700"),
        body("single quotes", "{'jsonrpc':'2.0'}", 400, "-32700"),
        body("not UTF-8", new byte[] {'{', '"', (byte) 0xc3, 0x28, '"', '}'}, 400, "-32700"),
        body("nested too deep", "[".repeat(5_000) + "]".repeat(5_000), 400, "-32"));
  }

  private static Stream<WrongRequest> notJsonRpc() {
    return Stream.of(
        body("null", "null", 400, "-32600"),
        body("a number", "42", 400, "-32600"),
        body("a string", "\"ping\"", 400, "-32600"),
        body("empty object", "{}", 400, "-32600"),
        body("empty batch", "[]", 400, "-32600"),
        body("initialize in a batch", "[" + INITIALIZE + "]", 400, "-32600"),
        body("no version", "{\"id\":1,\"method\":\"ping\"}", 400, "-32600"),
        body("version 1.0", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", 400, "-32600"),
        body("id null", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, "-32600"),
        body("id an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", 400, "-32600"),
        body("id true", "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}", 400, "-32600"),
        body("id a fraction", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}", 400, "-32600"),
        body("method a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", 400, "-32600"),
        body("no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", 400, "-32600"),
        body(
            "params a string",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}",
            400,
            "-32600"));
  }

  private static Stream<WrongRequest> sessions() {
    return Stream.of(
        body("no session id", LIST, 400, "error"),
        posted("empty session id", "Mcp-Session-Id:\r\n", LIST, 400),
        posted("session that never was", "Mcp-Session-Id: never-was\r\n", LIST, 404),
        posted("session id with odd characters", "Mcp-Session-Id: <b>\r\n", LIST, 404),
        posted(
            "session id of 4000 characters",
            "Mcp-Session-Id: " + "x".repeat(4000) + "\r\n",
            LIST,
            404),
        posted(
            "notification to a session that never was",
            "Mcp-Session-Id: never-was\r\n",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            404),
        posted("second initialize", "Mcp-Session-Id: {session}\r\n", INITIALIZE, 400),
        posted(
            "unknown protocol version",
            "Mcp-Session-Id: {session}\r\nMCP-Protocol-Version: 1999-01-01\r\n",
            LIST,
            400),
        posted(
            "batch in a session without batches",
            "Mcp-Session-Id: {session}\r\n",
            "[" + LIST + "]",
            400),
        posted(
            "credentials of somebody else",
            "Mcp-Session-Id: {session}\r\nAuthorization: Bearer other\r\n",
            LIST,
            404),
        of(
                "DELETE of a session that never was",
                "DELETE /mcp HTTP/1.1",
                HOST + "Mcp-Session-Id: never-was\r\n",
                "",
                404,
                "error")
            .withMcp(),
        of("DELETE without session id", "DELETE /mcp HTTP/1.1", HOST, "", 400, "error").withMcp());
  }

  /** Errors of a method are answers: 200, with the error in the body. */
  private static Stream<WrongRequest> parameters() {
    return Stream.of(
        body("initialize without params", message("initialize", null), 200, "-32602"),
        body("initialize, version 1", message("initialize", "'protocolVersion':1"), 200, "-32602"),
        body(
            "initialize, capabilities a list",
            message("initialize", "'protocolVersion':'2025-11-25','capabilities':[]"),
            200,
            "-32602"),
        body(
            "initialize, client of 70000 characters",
            message(
                "initialize",
                "'protocolVersion':'2025-11-25','clientInfo':{'name':'"
                    + "x".repeat(70_000)
                    + "'}"),
            200,
            "-32602"),
        inSession("unknown method", message("no/such", null), "-32601"),
        inSession("unknown cursor", message("tools/list", "'cursor':'x'"), "-32602"),
        inSession("call without params", message("tools/call", null), "-32602"),
        inSession("call without name", message("tools/call", "'arguments':{}"), "-32602"),
        inSession("name a number", message("tools/call", "'name':1"), "-32602"),
        inSession("unknown tool", message("tools/call", "'name':'nope'"), "nope"),
        inSession(
            "arguments a list", message("tools/call", "'name':'echo','arguments':[]"), "-32602"));
  }

  /**
   * @param params of the message with single quotes, null: it has none
   */
  private static String message(String method, String params) {
    String rest = params == null ? "" : ",'params':{" + params + "}";
    return ("{'jsonrpc':'2.0','id':7,'method':'" + method + "'" + rest + "}").replace('\'', '"');
  }

  private static WrongRequest inSession(String name, String message, String part) {
    String headers = GOOD + "Mcp-Session-Id: {session}\r\n";
    return of(name, "POST /mcp HTTP/1.1", headers, message, 200, part).withMcp();
  }

  private static Stream<WrongRequest> modern() {
    return Stream.of(
        modern("unknown version", "1999-01-01", "1999-01-01", "tools/list", 400, "-32022"),
        modern("header differs", "2025-11-25", "2026-07-28", "tools/list", 400, "-32020"),
        modern("unknown method", "2026-07-28", "2026-07-28", "no/such", 404, "-32601"),
        modern("initialize", "2026-07-28", "2026-07-28", "initialize", 404, "-32601"),
        modern("call without name", "2026-07-28", "2026-07-28", "tools/call", 200, "-32602"),
        of(
                "2026: no envelope",
                "POST /mcp HTTP/1.1",
                GOOD + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n",
                LIST,
                400,
                "-32602")
            .withMcp(),
        of(
                "2026: envelope without capabilities",
                "POST /mcp HTTP/1.1",
                GOOD + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n",
                message(
                    "tools/list",
                    "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}"),
                400,
                "-32602")
            .withMcp(),
        of(
                "2026: no headers",
                "POST /mcp HTTP/1.1",
                GOOD,
                message("tools/list", META.formatted("2026-07-28").replace('"', '\'')),
                400,
                "-32020")
            .withMcp(),
        of(
                "2026: a response",
                "POST /mcp HTTP/1.1",
                GOOD + "MCP-Protocol-Version: 2026-07-28\r\n",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                400,
                "error")
            .withMcp());
  }

  private static WrongRequest modern(
      String name, String header, String version, String method, int status, String part) {
    String headers = "MCP-Protocol-Version: " + header + "\r\nMcp-Method: " + method + "\r\n";
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
            + method
            + "\",\"params\":{"
            + META.formatted(version)
            + "}}";
    return of("2026: " + name, "POST /mcp HTTP/1.1", GOOD + headers, message, status, part)
        .withMcp();
  }

  private static WrongRequest posted(String name, String headers, String message, int status) {
    return of(name, "POST /mcp HTTP/1.1", GOOD + headers, message, status, "error").withMcp();
  }
}
