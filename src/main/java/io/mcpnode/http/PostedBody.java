package io.mcpnode.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a request. A body that comes in one piece, as nearly all do, is handed on as
 * it is; one in several pieces is copied into a buffer that grows with what really came, since a
 * declared length costs the sender nothing.
 */
final class PostedBody implements Ongoing {

  private final McpEndpoint endpoint;
  private final Loop loop;
  private final ClientConnection connection;
  private final HttpServerRequest request;
  private final @Nullable String origin;
  private final int deadline;
  private @Nullable Buffer body;
  private int charged;

  PostedBody(
      McpEndpoint endpoint,
      Loop loop,
      ClientConnection connection,
      HttpServerRequest request,
      @Nullable String origin) {
    this.endpoint = endpoint;
    this.loop = loop;
    this.connection = connection;
    this.request = request;
    this.origin = origin;
    this.deadline = connection.now() + endpoint.requestTicks;
  }

  void collect() {
    connection.begin(this);
    request.handler(this::chunk);
    request.endHandler(this::complete);
  }

  private void chunk(Buffer chunk) {
    Buffer before = body;
    if (before == null) {
      body = chunk;
      if (chunk.length() > endpoint.maxBodyBytes) {
        refuse(endpoint.tooLarge);
      }
    } else if (before.length() + chunk.length() > endpoint.maxBodyBytes || isDeclaredTooLarge()) {
      refuse(endpoint.tooLarge);
    } else if (!charge(charged == 0 ? before.length() + chunk.length() : chunk.length())) {
      loop.edge.meters.bodiesOverBudget.increment();
      refuse(Refusal.MEMORY);
    } else {
      before.appendBuffer(chunk);
    }
  }

  /** Looked at when the second piece comes: the first one tells by itself. */
  private boolean isDeclaredTooLarge() {
    return charged == 0 && endpoint.declaresTooMuch(request.headers());
  }

  private boolean charge(int bytes) {
    if (!loop.edge.budget.take(bytes)) {
      return false;
    }
    charged += bytes;
    return true;
  }

  private void refuse(Refusal refusal) {
    release();
    Refuser.refuse(loop, connection, request, refusal, origin);
  }

  private void release() {
    body = null;
    if (charged > 0) {
      loop.edge.budget.give(charged);
      charged = 0;
    }
  }

  private void complete(@Nullable Void v) {
    Buffer whole = body;
    release();
    endpoint.dispatch(connection, this, request, whole == null ? Buffer.buffer() : whole, origin);
  }

  @Override
  public void gone() {
    release();
  }

  @Override
  public void failed(Throwable cause) {
    if (!(cause instanceof IOException)) {
      release();
      Refuser.refuseAndClose(loop, connection, request, Refusal.BROKEN);
    }
  }

  @Override
  public void tick(int now) {
    if (now > deadline) {
      release();
      Refuser.refuseAndClose(loop, connection, request, Refusal.LATE);
    }
  }
}
