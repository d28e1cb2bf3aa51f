package io.mcpnode.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Server-sent events as the body of a response. On the connection's event loop. */
final class EventStream {

  private static final int KEEP_ALIVE_TICKS = 15_000 / Edge.TICK_MILLIS;
  private static final Buffer BEGUN = Buffer.buffer(": begun\n\n");
  private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");

  private final HttpServerResponse response;
  private final HttpMeters meters;
  private final Backlog backlog = new Backlog();
  private int lastWrite;

  private EventStream(HttpServerResponse response, HttpMeters meters, int now) {
    this.response = response;
    this.meters = meters;
    this.lastWrite = now;
  }

  /** Takes over a response whose headers were not sent; the first event sends them. */
  static EventStream begin(HttpServerResponse response, HttpMeters meters, int now) {
    MultiMap headers = response.headers();
    headers.add(Headers.CONTENT_TYPE, Headers.EVENT_STREAM);
    headers.add(Headers.CACHE_CONTROL, Headers.NO_STORE);
    headers.add(Headers.X_ACCEL_BUFFERING, Headers.NO);
    EventStream stream = new EventStream(response, meters, now);
    response.drainHandler(v -> stream.backlog.drained());
    return stream;
  }

  /** Completes when the client has room for more; fails with OVERLOADED over the bound. */
  Future<Void> send(Buffer message, int now) {
    if (!backlog.hasRoomFor(message.length())) {
      meters.eventsOverLimit.increment();
      return Future.failedFuture(Backlog.overflow());
    }
    lastWrite = now;
    response.write(SseFrame.of(message));
    return backlog.add(message.length(), response.writeQueueFull());
  }

  /** As {@link #send(Buffer, int)}; an empty message is an id, or a comment. */
  Future<Void> send(Buffer message, @Nullable String id, int now) {
    if (id == null) {
      if (message.length() > 0) {
        return send(message, now);
      }
      lastWrite = now;
      response.write(BEGUN);
      return Future.succeededFuture();
    }
    if (!backlog.hasRoomFor(message.length())) {
      meters.eventsOverLimit.increment();
      return Future.failedFuture(Backlog.overflow());
    }
    lastWrite = now;
    response.write(SseFrame.of(message, id));
    return backlog.add(message.length(), response.writeQueueFull());
  }

  /** Ends the connection; the client shall wait so long before it comes back. */
  void cut(int retryMillis) {
    response.end(Buffer.buffer("retry: " + retryMillis + "\n\n"));
  }

  void end(@Nullable Buffer message) {
    if (message == null) {
      response.end();
    } else {
      response.end(SseFrame.of(message));
    }
  }

  /** A comment, so that neither a proxy nor we take a quiet stream for a dead one. */
  void tick(int now) {
    if (now - lastWrite >= KEEP_ALIVE_TICKS && backlog.isEmpty()) {
      lastWrite = now;
      response.write(KEEP_ALIVE);
    }
  }

  void gone() {
    backlog.gone();
  }
}
