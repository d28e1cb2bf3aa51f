package io.mcpnode.api;

/**
 * Changes what a plugin offers while the node runs. A class of a plugin gets it as the only
 * parameter of its constructor:
 *
 * <pre>{@code
 * public class Reports {
 *   private final Registrations registrations;
 *
 *   public Reports(Registrations registrations) {
 *     this.registrations = registrations;
 *   }
 *
 *   void databaseIsBack() {
 *     registrations.add(new DatabaseTools()); // a class that is marked @OnDemand
 *   }
 * }
 * }</pre>
 *
 * <p>A change is made on this node alone, while clients are told on all of them: let every node
 * make the same change, for their lists must be equal. Any thread.
 */
public interface Registrations {

  /**
   * Offers the annotated methods of the object ({@link OnDemand}), all or none, from now on;
   * clients hear of it.
   *
   * @throws IllegalArgumentException naming every fault, among them names that are taken
   */
  Registration add(Object features);

  /** Tells the clients that subscribed to the resource that its contents are others now. */
  void resourceUpdated(String uri);

  /**
   * Tells the client of a session that its user has done what it was sent to a page for, such as
   * when the page's last step calls this node: see {@link ElicitRequest#withId}. Only a client of
   * 2025-11-25 that can be sent to pages, and that reads the news of its session, hears of it; the
   * page must have found out that it is the same user. Within a call there is {@link
   * ToolContext#elicitationComplete}.
   *
   * @param sessionId see {@link ToolContext#sessionId}; whichever node owns the session
   */
  void elicitationComplete(String sessionId, String elicitationId);

  /** What {@link #add} added. */
  interface Registration extends AutoCloseable {

    /** Takes it back; clients hear of it. Calls that run go on. Does nothing the second time. */
    @Override
    void close();
  }
}
