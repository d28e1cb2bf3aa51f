package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What was found, in the words and names that operators read. Pure. */
final class Diagnosis {

  private Diagnosis() {}

  /** Who is on which side. */
  static String sides(Finding finding) {
    StringBuilder text = new StringBuilder();
    for (Set<NodeId> group : finding.groups()) {
      text.append(text.isEmpty() ? "" : " | ").append(names(group));
    }
    if (!finding.indirect().isEmpty()) {
      text.append(", through others only: ")
          .append(
              finding.indirect().stream()
                  .map(link -> link.from().name() + "-" + link.to().name())
                  .toList());
    }
    return text.toString();
  }

  /** Who goes on. */
  static String outcome(Finding finding) {
    return finding.survivors().isEmpty()
        ? "nobody goes on"
        : names(finding.survivors()) + " goes on";
  }

  /**
   * @param shut why this node does not serve; empty if it does
   */
  static String verdict(Finding finding, String shut) {
    return !shut.isEmpty() ? "quarantined" : finding.isPartition() ? "goes_on" : "whole";
  }

  static String reason(Finding finding, String shut) {
    return !shut.isEmpty()
        ? shut
        : finding.isPartition() ? outcome(finding) : "all reach each other";
  }

  /**
   * What comes of resolving it so.
   *
   * @param by what is found by the strategy asked for
   */
  static Partitions.Resolution resolution(
      NodeId self, Finding by, SplitBrainStrategy asked, boolean dryRun, String shut) {
    boolean survives = !by.isPartition() || by.survivors().contains(self);
    String why = by.isPartition() ? outcome(by) : "there is no partition";
    if (survives && !shut.isEmpty()) {
      why += "; this node does not serve all the same: " + shut;
    }
    return new Partitions.Resolution(
        asked,
        names(by.survivors()),
        names(by.groupOf(self)),
        survives ? verdict(by, shut) : "quarantined",
        dryRun,
        !dryRun && by.isPartition(),
        why);
  }

  /** The group that is a majority; empty if none is. */
  static List<String> majority(Finding finding, Collection<NodeId> all) {
    Sides byMajority = new Sides(SplitBrainStrategy.MAJORITY, "");
    Set<NodeId> voters = new TreeSet<>(all);
    return finding.groups().stream()
        .filter(group -> byMajority.goesOn(voters, group))
        .findFirst()
        .map(Diagnosis::names)
        .orElse(List.of());
  }

  static List<String> names(Collection<NodeId> nodes) {
    return nodes.stream().map(NodeId::name).sorted().toList();
  }

  static List<Partitions.Pair> pairs(List<Reachability.Link> links) {
    return links.stream()
        .map(link -> new Partitions.Pair(link.from().name(), link.to().name()))
        .toList();
  }

  static String text(SplitBrainStrategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT);
  }
}
