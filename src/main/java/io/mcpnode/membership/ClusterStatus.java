package io.mcpnode.membership;

import io.vertx.core.Future;
import java.util.List;

/** What operators see of the cluster's nodes. */
public interface ClusterStatus {

  Status status();

  /**
   * Connects to further nodes, each {@code host:port}. Completes at once with what is known of
   * each; the outcome shows in {@link #status}.
   */
  Future<List<Connection>> connect(List<String> nodes);

  record Status(long view, List<NodeStatus> nodes) {}

  /**
   * @param node its name, or host:port while that is not known
   * @param status {@code up}, {@code down} or {@code connecting}
   * @param health {@code healthy}, {@code degraded} or {@code unhealthy}
   * @param state {@code serving}, {@code draining} or {@code quarantined}
   * @param incarnation 0 while it is only an address
   * @param since epoch milliseconds of the last change of status
   * @param reason of a status other than up; empty else
   * @param sessions records it owns
   */
  record NodeStatus(
      String node,
      String status,
      String health,
      String state,
      long incarnation,
      long since,
      String reason,
      int sessions,
      long rttMicros,
      String version) {

    /** It is one, or was: not merely an address that somebody connects to. */
    public boolean isNode() {
      return incarnation != 0;
    }
  }

  /**
   * @param result {@code up}, {@code connecting} or {@code failed}
   * @param reason of a failure; empty else
   */
  record Connection(String node, String result, String reason) {}
}
