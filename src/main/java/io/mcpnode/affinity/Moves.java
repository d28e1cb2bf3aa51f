package io.mcpnode.affinity;

import io.mcpnode.wire.NodeId;

/**
 * Told of records that got another owner by this node's doing. Called on any thread; must return at
 * once.
 */
public interface Moves {

  /** For whoever does not want to know. */
  Moves UNSEEN =
      new Moves() {
        @Override
        public void migrated(String key, NodeId from, NodeId to) {}

        @Override
        public void failedOver(String key, NodeId from, NodeId to) {}
      };

  void migrated(String key, NodeId from, NodeId to);

  void failedOver(String key, NodeId from, NodeId to);
}
