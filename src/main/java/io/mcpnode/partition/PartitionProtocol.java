package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireMessage;
import java.util.List;

/**
 * What members tell each other about who counts and who goes on; nobody answers. Frozen; a change
 * is V2.
 */
final class PartitionProtocol {

  static final Contract V1 = Contract.of("partition", 1, Vote.class, Resolve.class);

  private PartitionProtocol() {}

  /**
   * Renews the receiver's lease as of the moment it sent {@code echo}: whatever delay there was,
   * the sender was alive and heard it after that.
   *
   * @param stamp by the sender's monotonic clock
   * @param echo the stamp of the last vote that the sender had from the receiver
   * @param echoed false: it had none yet
   * @param ended the last ones
   */
  record Vote(
      long stamp,
      long echo,
      boolean echoed,
      List<NodeId> committed,
      List<NodeId> pending,
      List<NodeId> ended)
      implements WireMessage {}

  /** An operator wants the partition resolved so: who does not go on by it stops serving. */
  record Resolve(SplitBrainStrategy strategy) implements WireMessage {}
}
