package io.mcpnode.monitor;

import io.mcpnode.membership.Health;
import io.mcpnode.membership.Thresholds;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the cluster does, asked at any node. Any thread. */
public interface ClusterMonitor {

  /**
   * How a node does, and how it did.
   *
   * @param fresh asks the node itself now; one that does not answer has missed a ping
   * @return fails with {@code NOT_FOUND} for a node that is not known
   */
  Future<NodeHealth> health(String node, boolean fresh);

  Future<Metrics> metrics();

  /** The thresholds in effect. */
  Thresholds thresholds();

  /**
   * Changes the thresholds of the whole cluster; nodes that join later get them too. Completes with
   * those in effect when every member has them or could not be asked within two seconds: such a one
   * gets them with the next heartbeat it receives.
   *
   * @param change may throw an IllegalArgumentException, which the future fails with; nothing has
   *     changed then
   */
  Future<Thresholds> change(UnaryOperator<Thresholds> change);

  /**
   * Calls the listener for each event from now on.
   *
   * @param after id of the last event the client has; null: it has none
   * @param recent at most so many events of before, if {@code after} is null
   * @return fails with {@code OVERLOADED} if too many listen
   */
  Future<Subscription> listen(@Nullable String after, int recent, Listener listener);

  /** Called in order, one call at a time, on a thread that must not be blocked. */
  interface Listener {

    /** Events between the last one the client has and the next one may be missing. */
    void gap();

    void event(String id, ClusterEvent event);
  }

  /** Ends with {@link #cancel}, after which nothing is delivered. */
  interface Subscription {
    void cancel();
  }

  /**
   * @param isUp it is a member
   * @param state {@code serving}, {@code draining} or {@code quarantined}
   * @param reason why it is down, or why it did not answer; empty else
   * @param reading what it told last; null if it has told this node nothing
   * @param ageMillis of the reading; -1: there is none
   * @param rttMicros of the question, if it was asked now, else of the last heartbeat; 0 if unknown
   * @param history oldest first; empty where it was not asked for
   */
  record NodeHealth(
      String node,
      Health health,
      boolean isUp,
      String state,
      String reason,
      int missedPings,
      @Nullable Reading reading,
      long ageMillis,
      long rttMicros,
      List<Sample> history) {

    NodeHealth answeredAfter(long micros) {
      return new NodeHealth(
          node, health, isUp, state, reason, missedPings, reading, ageMillis, micros, history);
    }

    /** It was asked and did not answer: that is a missed ping at least. */
    NodeHealth unanswered(String why, Thresholds thresholds) {
      int missed = Math.max(1, missedPings);
      return new NodeHealth(
          node,
          Health.of(missed, 0, thresholds),
          isUp,
          state,
          "did not answer: " + why,
          missed,
          reading,
          ageMillis,
          rttMicros,
          history);
    }
  }

  /**
   * What a node tells of itself.
   *
   * @param reaches names of the members it hears
   */
  record Reading(
      int calls,
      int requests,
      long lagMicros,
      long memoryUsed,
      long memoryMax,
      int sessions,
      Replicas replicas,
      List<String> reaches,
      double requestRate,
      double errorRate,
      long p50Micros,
      long p99Micros) {

    /** Of a node that is gone: it owns nothing, reaches nobody and answers nothing any more. */
    Reading ofLost() {
      return new Reading(
          calls,
          requests,
          lagMicros,
          memoryUsed,
          memoryMax,
          0,
          Replicas.NONE,
          List.of(),
          0,
          0,
          p50Micros,
          p99Micros);
    }
  }

  /**
   * @param partition what divides the network, in one line; null if nothing does
   * @param lastCheck epoch milliseconds
   * @param nodes the members and the nodes that were lost within the last hour
   */
  record Metrics(
      @Nullable String partition,
      long lastCheck,
      int sessions,
      Replicas replicas,
      List<NodeHealth> nodes,
      List<Alert> alerts) {

    public int count(Health health) {
      return (int) nodes.stream().filter(node -> node.health() == health).count();
    }
  }
}
