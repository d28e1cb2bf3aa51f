package io.mcpnode.partition;

/**
 * May this side serve and write? Asked before every claim and write, and once more after a write
 * was acknowledged: a node that was paused or cut off in between must not answer.
 */
public interface QuorumGate {

  /** A gate that is always open, for a node without a cluster. */
  QuorumGate OPEN =
      new QuorumGate() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public String reason() {
          return "";
        }
      };

  /**
   * Costs one clock reading; false from the moment the lease ends, whether or not a timer could
   * run.
   */
  boolean isOpen();

  /** Why it is shut, in one line for operators; empty while open. */
  String reason();

  /**
   * False while so many members are out of reach that all copies of a record may be with them: what
   * is not found then may exist all the same. Costs a look at every member.
   */
  default boolean seesEverything() {
    return true;
  }

  /**
   * False while all copies of a record may be out of reach, and copies were being moved when their
   * nodes went: what is found of it then may be a copy that was left behind, so nobody may take it
   * over. Costs a look at every member.
   */
  default boolean copiesAreCurrent() {
    return true;
  }

  /**
   * The action runs before the gate opens again after it was shut for so long that another side may
   * have claimed what this node owns. A gate that is never shut never runs it.
   */
  default void beforeReopening(Runnable action) {}

  /** Counts, for operators, what was refused because the gate is shut: one of a few words. */
  default void refused(String what) {}
}
