package io.mcpnode.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** A request of an operator while it is served. */
final class OperatorRequest implements Ongoing {

  private static final Refusal LATE = Refusal.LATE.forOperators();
  private static final Refusal BROKEN = Refusal.BROKEN.forOperators();

  private final Loop loop;
  private final ClientConnection connection;
  private final HttpServerRequest request;
  private final int deadline;

  private OperatorRequest(
      Loop loop, ClientConnection connection, HttpServerRequest request, int deadline) {
    this.loop = loop;
    this.connection = connection;
    this.request = request;
    this.deadline = deadline;
  }

  static void begin(Loop loop, ClientConnection connection, HttpServerRequest request) {
    int deadline = connection.now() + Edge.ticks(loop.edge.http.requestTimeout());
    OperatorRequest self = new OperatorRequest(loop, connection, request, deadline);
    connection.begin(self);
    loop.answers.common(connection, request.response().headers(), null, null);
  }

  @Override
  public void gone() {}

  /** Whoever reads the body says nothing of it. */
  @Override
  public void failed(Throwable cause) {
    if (!(cause instanceof IOException) && !request.response().ended()) {
      Refuser.refuseAndClose(loop, connection, request, BROKEN);
    }
  }

  /** An open stream of events is nothing that a leaving node would wait for. */
  @Override
  public int running() {
    return isStream() ? 0 : 1;
  }

  /** Its client listens at another node then; one that only drains still tells what happens. */
  @Override
  public void leave() {
    if (isStream() && loop.edge.isQuiescing() && !request.response().ended()) {
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
      Refuser.refuseAndClose(loop, connection, request, LATE);
    }
  }
}
