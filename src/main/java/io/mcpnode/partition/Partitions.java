package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What operators see and decide of network partitions, as this node knows it. Any thread. */
public interface Partitions {

  /** As of now. */
  Future<Report> report();

  /** As of the last look, at most one heartbeat interval ago. */
  Report lastReport();

  /**
   * Which group goes on by that strategy, and unless it is a dry run: has the nodes of this side
   * that do not belong to it stop serving until the partition is over. It never lets a node serve
   * that would not serve by itself, since nobody here can know what the other side does. Fails with
   * a {@link io.mcpnode.wire.WireException}, {@code INVALID}, if the strategy needs a setting that
   * is missing.
   */
  Future<Resolution> resolve(SplitBrainStrategy strategy, boolean dryRun);

  /**
   * @param detected some nodes that count do not reach each other
   * @param kind {@code none}, {@code clean}, {@code one_way} or {@code indirect}
   * @param groups names, the group with the oldest node first; one group: all reach each other
   * @param majority empty if no group is one
   * @param survivors who goes on by the strategy; empty: nobody
   * @param verdict {@code whole}, {@code goes_on} or {@code quarantined}
   * @param sees of each node those it says it hears; of nodes out of reach, said before
   * @param since epoch milliseconds of the first of the detections; 0 if nothing is detected now
   * @param detections in a row, one each heartbeat interval
   * @param refused how many of what, since the last partition began
   * @param decided the last decisions, oldest first
   */
  record Report(
      boolean detected,
      String kind,
      List<List<String>> groups,
      List<String> majority,
      List<String> survivors,
      SplitBrainStrategy strategy,
      String verdict,
      String why,
      Map<String, List<String>> sees,
      List<Pair> oneWay,
      List<Pair> indirect,
      List<Gone> gone,
      long since,
      int detections,
      Map<String, Long> refused,
      List<Decision> decided,
      Merged merged) {}

  /** Two nodes; of a link that works one way, {@code to} does not hear {@code from}. */
  record Pair(String from, String to) {}

  /**
   * @param how {@code left}, {@code died} (proved) or {@code unreachable}
   * @param since epoch milliseconds
   */
  record Gone(String node, String how, long since) {}

  /**
   * @param at epoch milliseconds
   */
  record Decision(long at, String what) {}

  /**
   * Records that this node compared when sides came together again.
   *
   * @param brought only the other side had them
   * @param replaced the other side's were newer
   * @param kept ours were as new or newer
   * @param last keys of the last ones that were brought or replaced
   */
  record Merged(long brought, long replaced, long kept, List<String> last) {

    public static final Merged NOTHING = new Merged(0, 0, 0, List.of());
  }

  /**
   * @param survivors the group that goes on; empty: nobody
   * @param verdict of this node: {@code whole}, {@code goes_on} or {@code quarantined}
   * @param applied whether anything was done
   */
  record Resolution(
      SplitBrainStrategy strategy,
      List<String> survivors,
      List<String> thisSide,
      String verdict,
      boolean dryRun,
      boolean applied,
      String why) {}
}
