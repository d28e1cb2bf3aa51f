package io.mcpnode.http;

import io.vertx.core.http.HttpServerRequest;

/** A request of an operator while it is served. */
final class OperatorRequest implements Ongoing {

  private final ClientConnection connection;
  private final HttpServerRequest request;
  private final int deadline;
  private final Edge edge;

  private OperatorRequest(
      Edge edge, ClientConnection connection, HttpServerRequest request, int deadline) {
    this.edge = edge;
    this.connection = connection;
    this.request = request;
    this.deadline = deadline;
  }

  static void begin(Loop loop, ClientConnection connection, HttpServerRequest request) {
    int deadline = connection.now() + Edge.ticks(loop.edge.http.requestTimeout());
    OperatorRequest self = new OperatorRequest(loop.edge, connection, request, deadline);
    connection.begin(self);
    loop.answers.common(connection, request.response().headers(), null, null);
  }

  @Override
  public void gone() {}

  /** An open stream of events is nothing that a leaving node would wait for. */
  @Override
  public int running() {
    return isStream() ? 0 : 1;
  }

  /** Its client listens at another node then; one that only drains still tells what happens. */
  @Override
  public void leave() {
    if (isStream() && edge.isQuiescing() && !request.response().ended()) {
      request.response().end();
    }
  }

  private boolean isStream() {
    String type = request.response().headers().get(Headers.CONTENT_TYPE);
    return type != null && Headers.EVENT_STREAM.toString().contentEquals(type);
  }

  /** The response has one end handler, and that is the router's: so its end is looked up. */
  @Override
  public void tick(int now) {
    if (request.response().ended()) {
      connection.end(this);
    } else if (now > deadline && !request.isEnded()) {
      connection.close(); // the body does not come
    }
  }
}
