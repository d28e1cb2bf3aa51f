package io.mcpnode.server;

import io.vertx.core.buffer.Buffer;

/** A stream to a client that hears of changes. Any thread; nothing here blocks. */
interface Listener {

  /** Sent if the client wants to know, once for several that come faster than it reads. */
  void changed(StreamsProtocol.Announce change);

  /** This node begins to leave; it may stay after all. */
  default void nodeLeaves() {}

  /**
   * This node leaves, and this has been heard for long enough: the client shall listen elsewhere.
   * True if nothing is to be heard here any more, should the node stay after all.
   */
  default boolean end() {
    return false;
  }

  /** There is a message for the client of a session. */
  default void told(String session, Buffer message) {}
}
