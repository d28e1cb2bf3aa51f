package io.mcpnode.http;

/** What a connection is busy with. Called on the connection's event loop. */
interface Ongoing {

  /** The connection was closed. */
  void gone();

  /** What the client sends is no HTTP, or the socket broke; the connection is closed after this. */
  default void failed(Throwable cause) {}

  /** Four times a second, instead of a timer for each request. */
  void tick(int now);

  /** Calls being answered: what has to end before the node may leave. */
  default int running() {
    return 1;
  }

  /** Repeated while the node drains: end the connection as soon as nothing is lost by it. */
  default void leave() {}
}
