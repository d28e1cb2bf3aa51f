package io.mcpnode.process;

import java.util.List;

/** What operators' routes answer, to the letter: the table of the shapes of right answers. */
final class OperatorAnswers {

  /**
   * @param body with ' for "; of a GET nothing
   * @param shape of the answer, see {@link Shape}
   */
  record Row(String method, String path, String body, int status, String shape) {

    AdminClient.Answer ask(AdminClient admin) {
      String json = body.replace('\'', '"');
      return switch (method) {
        case "GET" -> admin.get(path);
        case "PUT" -> admin.put(path, json);
        case "DELETE" -> admin.delete(path);
        default -> admin.post(path, json);
      };
    }

    @Override
    public String toString() {
      return method + " " + path + " " + body;
    }
  }

  private static final String PLACED =
      "{id:s, kind:s, owner:s, backups:[s], epoch:n, version:n, stateBytes:n, replicasWanted:n,"
          + " replicasPresent:n, replicas:[s], createdAt:s, lastAccess:s}";
  private static final String READING =
      "node:s, health:s, status:s, state:s, reason:s, failedPings:n, ageMillis:n, rttMicros:n,"
          + " workInProgress:n, calls:n, requests:n, eventLoopLagMicros:n,"
          + " memory:{usedBytes:n, maxBytes:n}, sessions:n, replicasWanted:n, replicasPresent:n,"
          + " reaches:[s], requestsPerSecond:n, errorsPerSecond:n, p50Micros:n, p99Micros:n";
  private static final String SAMPLE =
      "{at:s, health:s, failedPings:n, workInProgress:n, eventLoopLagMicros:n, memoryUsedBytes:n,"
          + " sessions:n, requestsPerSecond:n, errorsPerSecond:n, p99Micros:n}";
  private static final String THRESHOLDS =
      "{failedPingThreshold:n, processCountThreshold:n, partitionThreshold:n}";
  private static final String DRAIN = "{node:s, state:s, moved:n, remaining:n}";
  private static final String REBALANCE =
      "{state:s, nodes:[{node:s, state:s, sessions:n, moved:n, remaining:n}]}";
  private static final String RESOLUTION =
      "{strategy:s, survivingGroup:[s], thisSide:[s], verdict:s, dryRun:b, applied:b, reason:s}";
  private static final String PARTITION =
      "{partitionDetected:b, kind:s, isolatedGroups:[[s]], majorityGroup:[s], minorityGroups:[],"
          + " resolutionStrategy:s, survivingGroup:[s], verdict:s, reason:s,"
          + " sees:{n1:[s], n2:[s], n3:[s]}, oneWay:[], indirect:[], gone:[], since:null,"
          + " consecutiveDetections:n, alert:b, refused:{}, decided:[],"
          + " merged:{brought:n, replaced:n, kept:n, last:[]}}";
  private static final String PING = "'service':'node','function':'ping'";

  private OperatorAnswers() {}

  /**
   * Of three healthy nodes, n1 to n3, that own more than seven sessions. Asked in this order they
   * change nothing but where the session is.
   *
   * @param session of which n3 is not the owner
   * @param nobody an address where nobody listens
   */
  static List<Row> of(String session, String nobody) {
    String one = "/cluster/sessions/" + session;
    return List.of(
        new Row("GET", "/health/live", "", 200, "{status:s}"),
        new Row("GET", "/health/live?from=balancer", "", 200, "{status:s}"),
        new Row("GET", "/health/ready", "", 200, "{status:s, reason:s}"),
        new Row(
            "GET",
            "/cluster/status",
            "",
            200,
            "{view:n, nodes:[{node:s, status:s, health:s, state:s, incarnation:n, since:s,"
                + " reason:s, sessions:n, rttMicros:n, version:s}]}"),
        new Row("GET", "/cluster/nodes/n2/health", "", 200, health()),
        new Row("GET", "/cluster/nodes/n2/health?fresh=true", "", 200, health()),
        new Row(
            "GET",
            "/cluster/metrics",
            "",
            200,
            "{totalNodes:n, healthyNodes:n, degradedNodes:n, unhealthyNodes:n,"
                + " partitionDetected:b, partitionReason:s, lastCheckTime:s, sessions:n,"
                + " replicasWanted:n, replicasPresent:n, thresholds:"
                + THRESHOLDS
                + ", alerts:[], nodes:[{"
                + READING
                + "}]}"),
        new Row("GET", "/cluster/thresholds", "", 200, THRESHOLDS),
        new Row("PUT", "/cluster/thresholds", "{'failedPingThreshold':3}", 200, THRESHOLDS),
        new Row("GET", "/cluster/partition", "", 200, PARTITION),
        new Row("POST", "/cluster/partition/resolve", "{'strategy':'majority'}", 200, RESOLUTION),
        new Row(
            "POST",
            "/cluster/partition/resolve",
            "{'strategy':'oldest_node','dryRun':true}",
            200,
            RESOLUTION),
        new Row(
            "POST",
            "/cluster/partition/resolve",
            "{'strategy':'winner_takes_all','dryRun':true}",
            200,
            RESOLUTION),
        new Row(
            "GET", "/cluster/sessions?limit=7", "", 200, "{sessions:[" + PLACED + "], cursor:s}"),
        new Row(
            "GET",
            "/cluster/sessions?limit=1000",
            "",
            200,
            "{sessions:[" + PLACED + "], cursor:null}"),
        new Row("GET", one, "", 200, PLACED),
        new Row("POST", one + "/migrate", "{'target':'n3','backups':['n2']}", 200, PLACED),
        new Row("POST", one + "/migrate", "{'target':'n1'}", 200, PLACED),
        new Row("POST", one + "/backup", "", 200, PLACED),
        new Row("POST", one + "/backup", "{}", 200, PLACED),
        new Row("POST", "/cluster/nodes/n1/drain", "", 202, DRAIN),
        new Row("DELETE", "/cluster/nodes/n1/drain", "", 200, DRAIN),
        new Row("GET", "/cluster/rebalance", "", 200, REBALANCE),
        new Row("POST", "/cluster/rebalance", "", 202, REBALANCE),
        new Row("POST", "/cluster/call", "{'node':'n2'," + PING + "}", 200, "{ok:s}"),
        new Row(
            "POST", "/cluster/call", "{'node':'*'," + PING + "}", 200, "{nodes:[{node:s, ok:s}]}"),
        new Row(
            "POST",
            "/cluster/call",
            "{'node':['n1','nobody']," + PING + "}",
            200,
            "{nodes:[{node:s, error:{code:s, message:s, executed:s}} | {node:s, ok:s}]}"),
        new Row(
            "POST",
            "/cluster/call",
            "{'node':'nobody'," + PING + "}",
            404,
            "{error:{code:s, message:s, executed:s}}"),
        new Row(
            "POST",
            "/cluster/connect",
            "{'nodes':['" + nobody + "']}",
            202,
            "{nodes:[{node:s, result:s, reason:s}]}"));
  }

  private static String health() {
    return "{" + READING + ", history:[" + SAMPLE + "]}";
  }
}
