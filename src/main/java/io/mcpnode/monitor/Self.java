package io.mcpnode.monitor;

import io.mcpnode.membership.Membership;
import io.mcpnode.monitor.MonitorProtocol.Report;
import io.mcpnode.wire.NodeId;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/** What this node tells of itself. One thread. */
final class Self {

  private final Membership membership;
  private final Sources sources;
  private final ThresholdRegister thresholds;
  private RequestTotals totals;
  private long measured;
  private Traffic traffic = Traffic.NONE;
  private long lagMicros;
  private List<NodeId> reaches = List.of();
  private Replicas replicas = Replicas.NONE;

  Self(Membership membership, Sources sources, ThresholdRegister thresholds, long now) {
    this.membership = membership;
    this.sources = sources;
    this.thresholds = thresholds;
    this.totals = sources.answers().get();
    this.measured = now;
  }

  void replicas(Replicas replicas) {
    this.replicas = replicas;
  }

  Replicas replicas() {
    return replicas;
  }

  /**
   * Measures anew what is measured over time.
   *
   * @param lagNanos of the slowest event loop since the last call
   * @param late this node slept: what it heard of the others says nothing
   */
  void measure(long now, long lagNanos, boolean late) {
    RequestTotals after = sources.answers().get();
    traffic = Traffic.between(totals, after, now - measured);
    totals = after;
    measured = now;
    lagMicros = lagNanos / 1_000;
    if (!late) {
      reaches = membership.hears();
    }
  }

  Report report() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new Report(
        sources.calls().getAsInt(),
        sources.requests().getAsInt(),
        lagMicros,
        heap.getUsed(),
        heap.getMax(),
        sources.sessions().getAsInt(),
        replicas.wanted(),
        replicas.present(),
        reaches,
        traffic.requestRate(),
        traffic.errorRate(),
        traffic.p50Micros(),
        traffic.p99Micros(),
        thresholds.setting());
  }
}
