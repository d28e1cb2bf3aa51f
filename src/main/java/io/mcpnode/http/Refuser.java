package io.mcpnode.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request early and reads the rest of its body into nothing, so that the connection stays
 * usable. Both the bytes and the time for that are bounded; past them the connection is closed.
 */
final class Refuser implements Ongoing {

  static final long MAX_DISCARDED_BYTES = 64L << 20;

  private final ClientConnection connection;
  private final int deadline;
  private long discarded;

  private Refuser(Loop loop, ClientConnection connection) {
    this.connection = connection;
    this.deadline = connection.now() + Edge.ticks(loop.edge.http.requestTimeout());
  }

  /** To be called before the body of the request has been read completely. */
  static void refuse(
      Loop loop,
      ClientConnection connection,
      HttpServerRequest request,
      Refusal refusal,
      @Nullable String origin) {
    Refuser refuser = new Refuser(loop, connection);
    connection.begin(refuser);
    request.handler(refuser::discard);
    request.endHandler(v -> connection.end(refuser));
    boolean bodyMayNotCome = request.getHeader(Headers.EXPECT) != null;
    answer(loop, connection, request, refusal, origin, bodyMayNotCome);
    if (bodyMayNotCome) {
      connection.close();
    }
  }

  /** Answers and closes, whatever else the client may be about to send. */
  static void refuseAndClose(
      Loop loop, ClientConnection connection, HttpServerRequest request, Refusal refusal) {
    answer(loop, connection, request, refusal, null, true);
    connection.close();
  }

  private static void answer(
      Loop loop,
      ClientConnection connection,
      HttpServerRequest request,
      Refusal refusal,
      @Nullable String origin,
      boolean close) {
    loop.edge.meters.refused(refusal.status());
    HttpServerResponse response = request.response().setStatusCode(refusal.status());
    MultiMap headers = response.headers();
    headers.add(Headers.CONTENT_TYPE, Headers.JSON);
    String allow = refusal.allow();
    if (allow != null) {
      headers.add(Headers.ALLOW, allow);
    }
    if (refusal.status() == 503) {
      headers.add(Headers.RETRY_AFTER, "1");
    }
    loop.answers.common(connection, headers, loop.edge.self, origin);
    if (close) {
      headers.set(Headers.CONNECTION, Headers.CLOSE);
    }
    response.end(refusal.body(request.getHeader(Headers.MCP_PROTOCOL_VERSION)));
  }

  private void discard(Buffer chunk) {
    discarded += chunk.length();
    if (discarded > MAX_DISCARDED_BYTES) {
      connection.close();
    }
  }

  @Override
  public void gone() {}

  @Override
  public void tick(int now) {
    if (now > deadline) {
      connection.close();
    }
  }
}
