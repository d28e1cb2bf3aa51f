package io.mcpnode.http;

import io.vertx.core.Context;

/** The event loop on which a connection lives, and what its requests share. */
final class Loop {

  final Edge edge;
  final Connections connections;
  final Answers answers;
  private final Context context;
  private final Thread thread;

  /** Called on the event loop. */
  Loop(Edge edge, Context context) {
    this.edge = edge;
    this.context = context;
    this.thread = Thread.currentThread();
    this.connections = new Connections(edge);
    this.answers = new Answers(edge);
  }

  boolean isHere() {
    return Thread.currentThread() == thread;
  }

  void run(Runnable action) {
    context.runOnContext(v -> action.run());
  }
}
