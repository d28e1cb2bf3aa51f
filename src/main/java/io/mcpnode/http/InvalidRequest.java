package io.mcpnode.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Bytes that are no HTTP request. The answer names the mistake; the connection can't be used any
 * more, as nobody knows where the next request would begin. It is closed a moment after the answer,
 * while what still arrives is read: closing with unread bytes would reset the connection, and the
 * client might never see the answer.
 */
final class InvalidRequest implements Ongoing {

  private final HttpServerResponse response;
  private final int until;

  private InvalidRequest(HttpServerResponse response, int until) {
    this.response = response;
    this.until = until;
  }

  static void answer(Loop loop, ClientConnection connection, HttpServerRequest request) {
    Refusal refusal = refusal(request.decoderResult().cause());
    loop.edge.meters.refused(refusal.status());
    Buffer body = refusal.modern(); // nobody knows the revision, and all know its code
    HttpServerResponse response = request.response().setStatusCode(refusal.status());
    response.headers().set(Headers.CONTENT_TYPE, Headers.JSON);
    response.headers().set(Headers.CONNECTION, Headers.CLOSE);
    loop.answers.node(response.headers(), loop.edge.self);
    response.headers().set(Headers.CONTENT_LENGTH, Integer.toString(body.length()));
    response.write(body);
    connection.begin(new InvalidRequest(response, connection.now() + 2));
  }

  private static Refusal refusal(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Refusal.of(
          414, "the request line is too long (expected: at most " + Tuning.MAX_LINE + " bytes)");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Refusal.of(
          431, "the headers are too large (expected: at most " + Tuning.MAX_HEADERS + " bytes)");
    }
    String detail = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
    return Refusal.of(
        400, "not a valid HTTP request: " + detail.substring(0, Math.min(200, detail.length())));
  }

  @Override
  public void gone() {}

  @Override
  public void tick(int now) {
    if (now >= until) {
      response.end();
    }
  }
}
