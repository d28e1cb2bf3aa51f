package io.mcpnode.http;

import static io.mcpnode.http.WrongRequest.HOST;
import static io.mcpnode.http.WrongRequest.JSON;
import static io.mcpnode.http.WrongRequest.of;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Wrong requests of operators: every route with every kind of fault that it can have. */
final class WrongOperations {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /**
   * @param allowed its methods, as the header tells them
   */
  private record Route(String path, String allowed) {
    boolean allows(String method) {
      return List.of(allowed.split(", ")).contains(method);
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          new Route("/health/live", "GET, HEAD"),
          new Route("/health/ready", "GET, HEAD"),
          new Route("/metrics", "GET, HEAD"),
          new Route("/cluster/status", "GET, HEAD"),
          new Route("/cluster/connect", "POST"),
          new Route("/cluster/call", "POST"),
          new Route("/cluster/nodes/n1/health", "GET, HEAD"),
          new Route("/cluster/nodes/n1/drain", "POST, DELETE"),
          new Route("/cluster/metrics", "GET, HEAD"),
          new Route("/cluster/thresholds", "GET, HEAD, PUT"),
          new Route("/cluster/partition", "GET, HEAD"),
          new Route("/cluster/partition/resolve", "POST"),
          new Route("/cluster/sessions", "GET, HEAD"),
          new Route("/cluster/sessions/{session}", "GET, HEAD"),
          new Route("/cluster/sessions/{session}/migrate", "POST"),
          new Route("/cluster/sessions/{session}/backup", "POST"),
          new Route("/cluster/sessions/{session}/failover", "POST"),
          new Route("/cluster/rebalance", "GET, HEAD, POST"),
          new Route("/cluster/traces", "GET, HEAD"),
          new Route("/cluster/traces/" + TRACE, "GET, HEAD"),
          new Route("/cluster/events", "GET"),
          new Route("/dashboard", "GET, HEAD"),
          new Route("/dashboard/dashboard.js", "GET, HEAD"));

  /** Those that read a body, whether it may be empty or not. */
  private static final List<String> WITH_BODY =
      List.of(
          "POST /cluster/connect",
          "POST /cluster/call",
          "PUT /cluster/thresholds",
          "POST /cluster/partition/resolve",
          "POST /cluster/sessions/{session}/migrate",
          "POST /cluster/sessions/{session}/backup",
          "POST /cluster/sessions/{session}/failover",
          "POST /cluster/nodes/n1/drain",
          "DELETE /cluster/nodes/n1/drain",
          "POST /cluster/rebalance");

  private WrongOperations() {}

  static Stream<WrongRequest> all() {
    return Stream.of(
            methods(),
            queries(),
            bodies(),
            broken(),
            cluster(),
            calls(),
            sessions(),
            partition(),
            watching())
        .flatMap(rows -> rows);
  }

  /**
   * @param body with ' for "
   */
  private static WrongRequest row(String line, String body, int status, String part) {
    return of(
        line + " " + body, line + " HTTP/1.1", HOST + JSON, body.replace('\'', '"'), status, part);
  }

  private static WrongRequest get(String path, int status, String part) {
    return of("GET " + path, "GET " + path + " HTTP/1.1", HOST, "", status, part);
  }

  private static Stream<WrongRequest> methods() {
    return ROUTES.stream()
        .flatMap(
            route ->
                Stream.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")
                    .filter(method -> !route.allows(method))
                    .map(
                        method ->
                            row(
                                method + " " + route.path(),
                                "",
                                405,
                                "(allowed: " + route.allowed() + ")")));
  }

  /** What health checks, collectors and browsers add to a query is theirs. */
  private static Stream<WrongRequest> queries() {
    Stream<WrongRequest> misspelt =
        ROUTES.stream()
            .filter(route -> route.path().startsWith("/cluster/"))
            .flatMap(
                route ->
                    Stream.of(route.allowed().split(", "))
                        .filter(method -> !method.equals("HEAD"))
                        .map(
                            method ->
                                row(
                                    method + " " + route.path() + "?dryRun=true",
                                    "",
                                    400,
                                    "dryRun: no such parameter (expected: ")));
    return Stream.concat(
        misspelt,
        Stream.of(
            get("/cluster/status?a=%zz", 400, "query: not valid"),
            get("/cluster/sessions?node=%zz", 400, "query: not valid"),
            get("/cluster/sessions?limit=0", 400, "limit: 0 (expected: 1 to 1000)"),
            get("/cluster/sessions?limit=1001", 400, "limit: 1001 (expected: 1 to 1000)"),
            get("/cluster/sessions?limit=-1", 400, "limit: -1 (expected"),
            get("/cluster/sessions?limit=", 400, "limit:  (expected"),
            get("/cluster/sessions?limit=x", 400, "limit: x (expected"),
            get("/cluster/sessions?limit=1&limit=2", 400, "limit: given 2 times (expected: once)"),
            get("/cluster/sessions?LIMIT=1", 400, "LIMIT: no such parameter"),
            get("/cluster/sessions?node=", 400, "node: empty"),
            get("/cluster/sessions?node=n1&node=n2", 400, "node: given 2 times"),
            get("/cluster/nodes/n1/health?fresh=", 400, "fresh:  (expected: true or false)"),
            get("/cluster/nodes/n1/health?fresh=1", 400, "fresh: 1 (expected: true or false)"),
            get("/cluster/traces?limit=0", 400, "limit: 0 (expected: 1 to 1000)"),
            get("/cluster/traces?limit=1001", 400, "limit: 1001 (expected: 1 to 1000)"),
            get("/cluster/events?recent=-1", 400, "recent: -1 (expected: 0 to 1000)"),
            get("/cluster/events?recent=1001", 400, "recent: 1001 (expected: 0 to 1000)"),
            of(
                "events after an id of 201 characters",
                "GET /cluster/events HTTP/1.1",
                HOST + "Last-Event-ID: " + "x".repeat(201) + "\r\n",
                "",
                400,
                "Last-Event-ID: 201 characters")));
  }

  private static Stream<WrongRequest> bodies() {
    return WITH_BODY.stream()
        .flatMap(
            line ->
                Stream.of(
                    row(line, "{", 400, "body: not JSON"),
                    row(line, "nonsense", 400, "body: not JSON"),
                    row(line, "{}{}", 400, "body: not JSON"),
                    row(line, "{'a':1,}", 400, "body: not JSON"),
                    row(line, "{'a':NaN}", 400, "body: not JSON"),
                    row(line, "{'a':1,'a':1}", 400, "Duplicate field"),
                    row(line, "[]", 400, "body: a list of 0 (expected: a JSON object)"),
                    row(line, "null", 400, "body: null (expected: a JSON object)"),
                    row(line, "'x'", 400, "(expected: a JSON object)"),
                    row(line, "{'nope':1}", 400, "nope: no such field"),
                    named(line + ", deep", row(line, "[".repeat(2000), 400, "body: not JSON")),
                    named(line + ", huge", row(line, " ".repeat(65_537), 413, "at most 65536")),
                    typed(line, "", "Content-Type: null"),
                    typed(line, "text/plain", "text/plain (expected: application/json)"),
                    typed(line, "application/x-www-form-urlencoded", "application/json"),
                    typed(line, "multipart/form-data; boundary=x", "application/json")));
  }

  private static WrongRequest named(String name, WrongRequest row) {
    return new WrongRequest(name, row.bytes(), row.status(), row.part(), row.then(), row.needs());
  }

  private static WrongRequest typed(String line, String type, String part) {
    String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    return of(line + " as " + type, line + " HTTP/1.1", HOST + header, "{}", 415, part);
  }

  private static Stream<WrongRequest> broken() {
    String post = "POST /cluster/connect HTTP/1.1\r\n" + HOST + JSON;
    String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    String large = " ".repeat(65_537);
    String form = "POST /cluster/rebalance HTTP/1.1";
    return Stream.of(
        of("operators, half a body", post + "Content-Length: 9\r\n\r\n{", 408, "in time").closing(),
        of("operators, half a chunk", chunked + "5\r\nhello\r\n", 408, "in time").closing(),
        of("operators, chunk size in words", chunked + "zz\r\nhello\r\n", 400, "HTTP").closing(),
        of("operators, negative chunk size", chunked + "-5\r\nhello\r\n", 400, "HTTP").closing(),
        of(
                "operators, asks before sending too much",
                post + "Expect: 100-continue\r\nContent-Length: 65537\r\n\r\n",
                413,
                "at most 65536")
            .closing(),
        of(
            "operators, chunks too large",
            chunked + "10001\r\n" + large + "\r\n0\r\n\r\n",
            413,
            "at most 65536"),
        of(
            "broken multipart",
            form,
            HOST + "Content-Type: multipart/form-data\r\n",
            "--x\r\n",
            415,
            "multipart"),
        of(
            "broken form",
            form,
            HOST + "Content-Type: application/x-www-form-urlencoded\r\n",
            "a=%zz&%",
            415,
            "urlencoded"));
  }

  private static Stream<WrongRequest> cluster() {
    String connect = "POST /cluster/connect";
    return Stream.of(
        row(connect, "", 400, "body: empty (expected: a JSON object with [nodes])"),
        row(connect, "{}", 400, "nodes: none (expected: at least one host:port)"),
        row(connect, "{'nodes':[]}", 400, "nodes: none"),
        row(connect, "{'nodes':5}", 400, "nodes: 5 (expected: a list"),
        row(connect, "{'nodes':'h:1'}", 400, "(expected: a list"),
        row(connect, "{'nodes':null}", 400, "nodes: null (expected: a list"),
        row(connect, "{'nodes':[5]}", 400, "nodes: a list of 1 (expected: a list of strings"),
        row(connect, "{'nodes':['h']}", 400, "(expected: host:port)"),
        row(connect, "{'nodes':['h:0']}", 400, "(expected: host:port)"),
        row(connect, "{'nodes':['h:65536']}", 400, "(expected: host:port)"),
        row(connect, "{'nodes':['h:1','h ost:1']}", 400, "(expected: host:port)"),
        row(connect, "{'nodes':['http://h:1']}", 400, "(expected: host:port)"),
        named(
            "a hundred and one nodes",
            row(connect, "{'nodes':['h:1'" + ",'h:1'".repeat(100) + "]}", 400, "a list of 101")),
        row("POST /cluster/nodes/nobody/drain", "", 404, "(expected: one of [").withMcp(),
        row("DELETE /cluster/nodes/nobody/drain", "", 404, "(expected: one of [").withMcp(),
        row("POST /cluster/nodes/N1/drain", "", 404, "(expected: one of [").withMcp(),
        get("/cluster/nodes//health", 404, "no such path"),
        get("/cluster/nodes/nobody/health", 404, "nobody"),
        get("/cluster/nodes/nobody/health?fresh=true", 404, "nobody"),
        get("/cluster/nobody", 404, "no such path (see /health, /metrics, /cluster, /dashboard)"),
        get("/cluster", 404, "no such path"),
        get("/health", 404, "no such path"));
  }

  private static Stream<WrongRequest> calls() {
    String call = "POST /cluster/call";
    return Stream.of(
        row(call, "{}", 400, "node: missing"),
        row(call, "{'node':'n1'}", 400, "service: missing"),
        row(call, "{'node':'n1','service':'node'}", 400, "function: missing"),
        row(call, called("'node':''"), 400, "(expected: a string of 1 to 300 characters)"),
        row(call, called("'node':5"), 400, "node: 5"),
        row(call, called("'node':[]"), 400, "node: a list of 0"),
        row(call, called("'node':[5]"), 400, "node: a list of 1"),
        row(call, "{'node':'n1','service':'no de','function':'ping'}", 400, "1 to 64 of"),
        row(call, "{'node':'n1','service':'node','function':5}", 400, "function: 5"),
        row(call, called("'node':'n1','args':{}"), 400, "args: an object (expected: a list)"),
        row(call, called("'node':'n1','args':null"), 400, "args: null (expected: a list)"),
        row(call, called("'node':'n1','timeoutMs':0"), 400, "timeoutMs: 0 (expected: a whole"),
        row(call, called("'node':'n1','timeoutMs':600001"), 400, "from 1 to 600000"),
        row(call, called("'node':'n1','timeoutMs':1.5"), 400, "from 1 to 600000"),
        row(call, called("'node':'n1','timeoutMs':'5'"), 400, "from 1 to 600000"),
        row(call, called("'node':'n1','timeoutMs':null"), 400, "from 1 to 600000"),
        row(call, called("'node':'n1','timeout':5"), 400, "timeout: no such field"),
        row(call, called("'node':'nobody'"), 404, "no_such_node").withMcp());
  }

  private static String called(String fields) {
    return "{'service':'node','function':'ping'," + fields + "}";
  }

  private static Stream<WrongRequest> sessions() {
    String session = "POST /cluster/sessions/{session}/";
    String long301 = "x".repeat(301);
    return Stream.of(
        get("/cluster/sessions?cursor=zzz", 400, "cursor: ").withMcp(),
        get("/cluster/sessions?cursor=", 400, "cursor: ").withMcp(),
        get("/cluster/sessions?node=nobody", 404, "(expected: one of [").withMcp(),
        get("/cluster/sessions/nope", 404, "nope"),
        get("/cluster/sessions/%00", 404, "not_found"),
        row("POST /cluster/sessions/nope/migrate", "{'target':'n1'}", 404, "nope").withMcp(),
        row("POST /cluster/sessions/nope/backup", "", 404, "nope").withMcp(),
        row("POST /cluster/sessions/nope/failover", "{'failedNode':'n1'}", 404, "nope").withMcp(),
        row(session + "migrate", "", 400, "body: empty"),
        row(session + "migrate", "{}", 400, "target: missing"),
        row(session + "migrate", "{'target':''}", 400, "1 to 300 characters"),
        row(session + "migrate", "{'target':7}", 400, "target: 7"),
        row(session + "migrate", "{'target':null}", 400, "target: null"),
        row(session + "migrate", "{'target':['n1']}", 400, "target: a list of 1"),
        row(session + "migrate", "{'target':'" + long301 + "'}", 400, "1 to 300 characters"),
        row(session + "migrate", "{'target':'n1','backups':'n2'}", 400, "backups: "),
        row(session + "migrate", "{'target':'n1','backups':null}", 400, "backups: null"),
        row(session + "migrate", "{'target':'n1','backups':[7]}", 400, "backups: a list of 1"),
        row(session + "migrate", "{'target':'n1','backups':['']}", 400, "backups: a list of 1"),
        row(session + "migrate", "{'target':'nobody'}", 400, "(expected: one of [").withMcp(),
        row(session + "migrate", "{'target':'n1','backups':['nobody']}", 400, "[nobody]").withMcp(),
        row(session + "migrate", "{'target':'n1','backup':['n2']}", 400, "backup: no such field"),
        row(session + "failover", "", 400, "body: empty"),
        row(session + "failover", "{}", 400, "failedNode: missing"),
        row(session + "failover", "{'failedNode':7}", 400, "failedNode: 7"),
        row(session + "failover", "{'failedNode':''}", 400, "1 to 300 characters"),
        row(session + "failover", "{'failedNode':'nobody'}", 400, "(expected: the owner")
            .withMcp());
  }

  private static Stream<WrongRequest> partition() {
    String resolve = "POST /cluster/partition/resolve";
    return Stream.of(
        row(resolve, "", 400, "body: empty"),
        row(resolve, "{}", 400, "strategy: missing"),
        row(resolve, "{'dryRun':true}", 400, "strategy: missing"),
        row(resolve, "{'strategy':5}", 400, "strategy: 5"),
        row(
            resolve,
            "{'strategy':'coin'}",
            400,
            "one of [configured_master, majority, oldest_node, winner_takes_all]"),
        row(resolve, "{'strategy':'MAJORITY'}", 400, "(expected: one of"),
        row(resolve, "{'strategy':'majority','dryRun':'yes'}", 400, "(expected: true or false)"),
        row(resolve, "{'strategy':'majority','dryRun':null}", 400, "(expected: true or false)"));
  }

  private static Stream<WrongRequest> watching() {
    String thresholds = "PUT /cluster/thresholds";
    return Stream.of(
        row(thresholds, "", 400, "body: empty"),
        row(thresholds, "{}", 400, "no threshold"),
        row(thresholds, "{'failedPingThreshold':0}", 400, "0 (expected: 1 to 1000)"),
        row(thresholds, "{'failedPingThreshold':1001}", 400, "1001 (expected: 1 to 1000)"),
        row(thresholds, "{'failedPingThreshold':'5'}", 400, "(expected: a whole number)"),
        row(thresholds, "{'failedPingThreshold':5.5}", 400, "(expected: a whole number)"),
        row(thresholds, "{'failedPingThreshold':true}", 400, "(expected: a whole number)"),
        row(thresholds, "{'failedPingThreshold':null}", 400, "(expected: a whole number)"),
        row(thresholds, "{'processCountThreshold':0}", 400, "0 (expected: 1 to 10000000)"),
        row(thresholds, "{'partitionThreshold':0}", 400, "0 (expected: 1 to 1000)"),
        row(
            thresholds,
            "{'failedPingThreshold':5,'partitionThreshold':0}",
            400,
            "0 (expected: 1 to 1000)"),
        get("/cluster/traces/1", 400, "32 lower-case hex digits").withMcp(),
        get("/cluster/traces/" + "0".repeat(32), 400, "not all zero").withMcp(),
        get("/cluster/traces/" + TRACE.toUpperCase(Locale.ROOT), 400, "lower-case").withMcp(),
        get("/cluster/traces/" + "1".repeat(32), 404, "is not known").withMcp(),
        get("/dashboard/secret.js", 404, "no such file of the dashboard"),
        get("/dashboard/..%2f..%2fpasswd", 404, "no such file of the dashboard"));
  }
}
