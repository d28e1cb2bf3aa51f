package io.mcpnode.monitor;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireMessage;
import java.util.List;

/** What nodes tell each other about how they do. Frozen with a release; a change is V2. */
final class MonitorProtocol {

  static final Contract V1 =
      Contract.of(
          "monitor", 1, Report.class, HowAreYou.class, Adopt.class, Adopted.class, Happened.class);

  private MonitorProtocol() {}

  /** Answered by {@link Report}: how the receiver does now. */
  record HowAreYou() implements WireMessage {}

  /** The receiver goes by these thresholds from now on. Answered by {@link Adopted}. */
  record Adopt(Setting setting) implements WireMessage {}

  /** The thresholds in effect at the sender. */
  record Adopted(Setting setting) implements WireMessage {}

  /** What happened at the sender and only the sender knows. Not answered. */
  record Happened(List<Happening> happenings) implements WireMessage {}

  /**
   * @param at epoch milliseconds of the sender's clock
   * @param type as operators read it
   * @param message one line
   * @param details a JSON object
   */
  record Happening(long at, String type, String message, String details) implements WireMessage {}

  /**
   * Thresholds and their place in the order of all settings: the higher version wins, of two with
   * the same version the one of the greater author. Version 0 is a node's own configuration.
   */
  record Setting(long version, String author, int failedPing, int processCount, int partition)
      implements WireMessage {}

  /**
   * How the sender does; told to all others at every heartbeat, in one message.
   *
   * @param calls tool calls that run
   * @param requests of clients that wait for their answer
   * @param lagMicros by which the slowest event loop was late since the report before
   * @param sessions records it owns
   * @param reaches the members it hears
   * @param requestRate answers per second since the report before
   * @param errorRate of these, answers that were errors, per second
   * @param p50Micros of the answers' latencies
   */
  record Report(
      int calls,
      int requests,
      long lagMicros,
      long memoryUsed,
      long memoryMax,
      int sessions,
      long replicasWanted,
      long replicasPresent,
      List<NodeId> reaches,
      double requestRate,
      double errorRate,
      long p50Micros,
      long p99Micros,
      Setting thresholds)
      implements WireMessage {

    int work() {
      return calls + requests;
    }
  }
}
