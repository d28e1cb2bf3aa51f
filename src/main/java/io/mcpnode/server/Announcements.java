package io.mcpnode.server;

/**
 * Tells every client of the cluster that something it may have kept has changed. Each call returns
 * at once and never throws; an announcement is made at least once to every node that is alive, and
 * may be joined with another of the same kind that waits to be sent. Any thread.
 */
public interface Announcements {

  /** Nobody is told: for a node that nobody listens to. */
  Announcements NONE =
      new Announcements() {
        @Override
        public void toolsChanged() {}

        @Override
        public void promptsChanged() {}

        @Override
        public void resourcesChanged() {}

        @Override
        public void resourceUpdated(String uri) {}

        @Override
        public void elicitationComplete(String session, String elicitation) {}
      };

  /** The answer of {@code tools/list} is another one now. */
  void toolsChanged();

  /** The answer of {@code prompts/list} is another one now. */
  void promptsChanged();

  /**
   * The answer of {@code resources/list} or {@code resources/templates/list} is another one now.
   */
  void resourcesChanged();

  /** The contents of a resource are others now; those who subscribed to it are told. */
  void resourceUpdated(String uri);

  /** What a user was sent to a page for is done; the client of that session alone is told. */
  void elicitationComplete(String session, String elicitation);
}
