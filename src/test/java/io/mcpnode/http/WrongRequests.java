package io.mcpnode.http;

import static io.mcpnode.http.WrongRequest.ACCEPT;
import static io.mcpnode.http.WrongRequest.HOST;
import static io.mcpnode.http.WrongRequest.INITIALIZE;
import static io.mcpnode.http.WrongRequest.JSON;
import static io.mcpnode.http.WrongRequest.headers;
import static io.mcpnode.http.WrongRequest.of;

import java.util.stream.Stream;

/** The table of wrong requests that the edge answers by itself. */
final class WrongRequests {

  private static final String POST = "POST /mcp HTTP/1.1";
  private static final String GOOD = HOST + JSON + ACCEPT;
  private static final String MODERN = "MCP-Protocol-Version: 2026-07-28\r\n";
  private static final String JSON_ONLY = "Accept: application/json\r\n";
  private static final String INVALID = "-32600,\"message\":\"not a valid HTTP request";
  private static final String CHUNKED = POST + "\r\n" + GOOD + "Transfer-Encoding: chunked\r\n\r\n";

  private WrongRequests() {}

  /**
   * @param maxBody the node's limit
   */
  static Stream<WrongRequest> all(int maxBody) {
    return Stream.of(
            paths(),
            methods(),
            mediaTypes(),
            origins(),
            hosts(),
            ambiguous(),
            sizes(maxBody),
            syntax(),
            lengths(),
            webSockets(),
            WrongOperations.all(),
            WrongMessages.all())
        .flatMap(rows -> rows);
  }

  private static Stream<WrongRequest> paths() {
    return Stream.of(
        of("unknown path", "POST /nope HTTP/1.1", GOOD, INITIALIZE, 404, "no such path"),
        of("slash after the path", "POST /mcp/ HTTP/1.1", GOOD, INITIALIZE, 404, "no such path"),
        of("path in capitals", "POST /MCP HTTP/1.1", GOOD, INITIALIZE, 404, "no such path"),
        of("null byte in the path", "POST /mcp%00 HTTP/1.1", GOOD, INITIALIZE, 404, "no such"),
        of("path is a star", "POST * HTTP/1.1", GOOD, INITIALIZE, 400, "not valid"),
        of("broken escape", "POST /%zz HTTP/1.1", GOOD, INITIALIZE, 400, "not valid"),
        of("root", "GET / HTTP/1.1", HOST, "", 404, "no such path"));
  }

  private static Stream<WrongRequest> methods() {
    return Stream.of(
        of("GET that wants no stream", "GET /mcp HTTP/1.1", HOST, "", 406, "text/event-stream"),
        of("GET, 2026, any type", "GET /mcp HTTP/1.1", HOST + MODERN, "", 405, "allowed: POST"),
        of("GET, 2026, JSON", "GET /mcp HTTP/1.1", HOST + MODERN + JSON_ONLY, "", 405, "-32600"),
        of("GET, 2026, events", "GET /mcp HTTP/1.1", HOST + MODERN + ACCEPT, "", 405, "-32600"),
        of("PUT, session", "PUT /mcp HTTP/1.1", GOOD, INITIALIZE, 405, "-32000"),
        of("PUT, no session", "PUT /mcp HTTP/1.1", GOOD + MODERN, INITIALIZE, 405, "-32600"),
        of("PUT", "PUT /mcp HTTP/1.1", GOOD, INITIALIZE, 405, "GET, POST, DELETE"),
        of("PATCH", "PATCH /mcp HTTP/1.1", GOOD, INITIALIZE, 405, "GET, POST, DELETE"),
        of("TRACE", "TRACE /mcp HTTP/1.1", GOOD, "", 405, "GET, POST, DELETE"),
        of("unknown method", "BREW /mcp HTTP/1.1", GOOD, INITIALIZE, 405, "BREW"),
        of("method in small letters", "post /mcp HTTP/1.1", GOOD, INITIALIZE, 405, "post"));
  }

  private static Stream<WrongRequest> mediaTypes() {
    return Stream.of(
        headers("no content type", HOST + ACCEPT, 415, "application/json"),
        headers("empty content type", HOST + ACCEPT + "Content-Type:\r\n", 415, "json"),
        headers("plain text", HOST + ACCEPT + "Content-Type: text/plain\r\n", 415, "json"),
        headers("like JSON", HOST + ACCEPT + "Content-Type: application/jsonx\r\n", 415, "json"),
        headers(
            "latin 1",
            HOST + ACCEPT + "Content-Type: application/json; charset=iso-8859-1\r\n",
            415,
            "UTF-8"),
        headers(
            "form",
            HOST + ACCEPT + "Content-Type: application/x-www-form-urlencoded\r\n",
            415,
            "json"),
        headers(
            "multipart",
            HOST + ACCEPT + "Content-Type: multipart/form-data; boundary=x\r\n",
            415,
            "json"),
        headers("gzip", GOOD + "Content-Encoding: gzip\r\n", 415, "Content-Encoding"),
        headers("accepts JSON only", HOST + JSON + JSON_ONLY, 406, "Accept"),
        headers("accepts SSE only", HOST + JSON + "Accept: text/event-stream\r\n", 406, "Accept"),
        headers("accepts HTML", HOST + JSON + "Accept: text/html\r\n", 406, "Accept"),
        headers("accepts nothing", HOST + JSON + "Accept:\r\n", 406, "Accept"),
        headers(
            "refuses event streams",
            HOST + JSON + "Accept: application/json, text/event-stream;q=0\r\n",
            406,
            "Accept"),
        headers(
            "refuses JSON, takes anything else",
            HOST + JSON + "Accept: */*, application/json;q=0.0\r\n",
            406,
            "Accept"));
  }

  private static Stream<WrongRequest> origins() {
    return Stream.of(
            "http://evil.example.com",
            "null",
            "http://localhost.evil.example.com",
            "http://127.0.0.1.evil.example.com",
            "http://127.0.0.256",
            "http://user@localhost",
            "http://localhost/path",
            "file://localhost",
            "localhost",
            "http://[::2]",
            "http://localhost:99999")
        .map(
            origin ->
                headers("origin " + origin, GOOD + "Origin: " + origin + "\r\n", 403, "Origin"));
  }

  private static Stream<WrongRequest> hosts() {
    String rest = JSON + ACCEPT;
    return Stream.concat(
        Stream.of(
                "evil.example.com",
                "localhost.evil.example.com",
                "127.0.0.1.evil.example.com",
                "localhost:99999",
                "user@localhost",
                "[::1",
                "")
            .map(host -> headers("host " + host, rest + "Host: " + host + "\r\n", 403, "Host")),
        Stream.of(
            headers("no host", rest, 400, "Host"),
            headers("two hosts", rest + HOST + HOST, 400, "Host"),
            headers("two hosts, one evil", rest + HOST + "Host: evil\r\n", 400, "Host"),
            of(
                "host evil, operator's route",
                "GET /cluster/status HTTP/1.1",
                "Host: evil\r\n",
                "",
                403,
                "Host"),
            of(
                "page of another site, operator's route",
                "POST /cluster/connect HTTP/1.1",
                HOST + JSON + "Origin: http://evil\r\n",
                "{\"nodes\":[\"127.0.0.1:1\"]}",
                403,
                "Origin"),
            of(
                "preflight of another site",
                "OPTIONS /mcp HTTP/1.1",
                HOST + "Origin: http://evil\r\nAccess-Control-Request-Method: POST\r\n",
                "",
                403,
                "Origin"),
            of(
                "DELETE from another site",
                "DELETE /mcp HTTP/1.1",
                HOST + "Origin: http://evil\r\n",
                "",
                403,
                "Origin")));
  }

  /** What a proxy in front may read otherwise than this node. */
  private static Stream<WrongRequest> ambiguous() {
    String sessions = "Mcp-Session-Id: a\r\nmcp-session-id: b\r\n";
    String users = "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n";
    String origins = "Origin: http://localhost:1\r\nOrigin: http://localhost:2\r\n";
    String first = "Origin: http://localhost:1\r\nOrigin: http://evil\r\n";
    String upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mcp\r\n";
    return Stream.of(
        headers("two sessions", GOOD + sessions, 400, "Mcp-Session-Id has several"),
        headers("a session and none", GOOD + "Mcp-Session-Id:\r\n" + sessions, 400, "Session"),
        headers("two credentials", GOOD + users, 400, "Authorization has several"),
        headers("two origins", GOOD + origins, 403, "Origin has several"),
        headers("two origins, the second one evil", GOOD + first, 403, "Origin"),
        of("two sessions, GET", "GET /mcp HTTP/1.1", HOST + ACCEPT + sessions, "", 400, "several"),
        of("two sessions, DELETE", "DELETE /mcp HTTP/1.1", HOST + sessions, "", 400, "several"),
        of("two sessions, socket", "GET /mcp/ws HTTP/1.1", HOST + upgrade + sessions, "", 400, "S"),
        of(
            "two credentials, operator",
            "GET /cluster/status HTTP/1.1",
            HOST + users,
            "",
            400,
            "A"));
  }

  private static Stream<WrongRequest> sizes(int maxBody) {
    String large = "x".repeat(maxBody + 1);
    String expect = GOOD + "Expect: 100-continue\r\nContent-Length: " + (maxBody + 1) + "\r\n\r\n";
    return Stream.of(
        of("body too large", POST, GOOD, large, 413, "at most " + maxBody),
        of("body far too large", POST, GOOD, large.repeat(5), 413, "at most " + maxBody),
        of(
            "chunked body too large",
            CHUNKED + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n",
            413,
            "at most " + maxBody),
        of("asks before sending too much", POST + "\r\n" + expect, 413, "too large").closing(),
        headers("expects a miracle", GOOD + "Expect: miracle\r\n", 417, "Expect").closing(),
        of("long request line", "POST /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n", 414, "4096")
            .closing(),
        of("long line, code", "POST /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n", 414, "-32600")
            .closing(),
        of("large header", POST + "\r\nX: " + "x".repeat(20_000) + "\r\n\r\n", 431, "16384")
            .closing(),
        of("many headers", POST + "\r\n" + "X-Y: z\r\n".repeat(4000) + "\r\n", 431, "16384")
            .closing());
  }

  private static Stream<WrongRequest> syntax() {
    return Stream.of(
            of("TLS on a plain port", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400, INVALID),
            of("one word", "HELLO\r\n\r\n", 400, INVALID),
            of("HTTP/0.9", "GET /mcp\r\n\r\n", 400, INVALID),
            of("no version number", "GET /mcp HTTP/x\r\n\r\n", 400, INVALID),
            of("header without colon", POST + "\r\nHost localhost\r\n\r\n", 400, INVALID),
            of("space before the colon", POST + "\r\nHost : localhost\r\n\r\n", 400, INVALID),
            of("null byte in a name", POST + "\r\nHo\u0000st: localhost\r\n\r\n", 400, INVALID),
            of("null byte in a value", POST + "\r\nHost: local\u0000host\r\n\r\n", 400, INVALID),
            of("control in a value", POST + "\r\n" + HOST + "X: a\u0001b\r\n\r\n", 400, INVALID),
            of("bare return in a value", POST + "\r\n" + HOST + "X: a\rb\r\n\r\n", 400, INVALID))
        .map(WrongRequest::closing);
  }

  private static Stream<WrongRequest> lengths() {
    String length = POST + "\r\n" + GOOD + "Content-Length: ";
    return Stream.of(
            of("two lengths", length + "5\r\nContent-Length: 6\r\n\r\nhello", 400, "HTTP"),
            of("the same length twice", length + "5\r\nContent-Length: 5\r\n\r\nhello", 400, ""),
            of("list of lengths", length + "5, 6\r\n\r\nhello", 400, "HTTP"),
            of("negative length", length + "-5\r\n\r\nhello", 400, "HTTP"),
            of("length with a sign", length + "+5\r\n\r\nhello", 400, "HTTP"),
            of("length in words", length + "five\r\n\r\nhello", 400, "HTTP"),
            of("endless length", length + "99999999999999999999\r\n\r\nhello", 400, "HTTP"),
            of("chunk size in words", CHUNKED + "zz\r\nhello\r\n0\r\n\r\n", 400, "HTTP"),
            of("negative chunk size", CHUNKED + "-5\r\nhello\r\n0\r\n\r\n", 400, "HTTP"),
            of("endless chunk size", CHUNKED + "fffffffffffffffff\r\nhello\r\n", 400, "HTTP"),
            of("chunk longer than said", CHUNKED + "2\r\nhello\r\n0\r\n\r\n", 400, "HTTP"),
            of("body stops half way", length + "100\r\n\r\n{\"jsonrpc\":", 408, "in time"),
            of("body never comes", length + "100\r\n\r\n", 408, "in time"),
            of("chunks stop half way", CHUNKED + "5\r\nhello\r\n", 408, "in time"))
        .map(WrongRequest::closing);
  }

  private static Stream<WrongRequest> webSockets() {
    String line = "GET /mcp/ws HTTP/1.1";
    String upgrade = HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    String version = "Sec-WebSocket-Version: 13\r\n";
    String mcp = "Sec-WebSocket-Protocol: mcp\r\n";
    return Stream.of(
        of("WebSocket without upgrade", line, HOST, "", 426, "WebSocket"),
        of("WebSocket of 2009", line, upgrade + key + mcp, "", 426, "version 13"),
        of("WebSocket by POST", "POST /mcp/ws HTTP/1.1", upgrade, "", 405, "allowed: GET"),
        of("WebSocket without key", line, upgrade + version + mcp, "", 400, "Key"),
        of(
            "WebSocket with a short key",
            line,
            upgrade + version + mcp + "Sec-WebSocket-Key: abc\r\n",
            "",
            400,
            "Key"),
        of("WebSocket without subprotocol", line, upgrade + version + key, "", 400, "mcp"),
        of(
            "WebSocket with another subprotocol",
            line,
            upgrade + version + key + "Sec-WebSocket-Protocol: mqtt, mcp2\r\n",
            "",
            400,
            "mcp"),
        of(
            "WebSocket with the subprotocol in capitals", // names are compared exactly, RFC 6455
            line,
            upgrade + version + key + "Sec-WebSocket-Protocol: MCP\r\n",
            "",
            400,
            "must offer mcp"),
        of(
            "WebSocket of another site",
            line,
            upgrade + version + key + mcp + "Origin: http://evil\r\n",
            "",
            403,
            "Origin"));
  }
}
