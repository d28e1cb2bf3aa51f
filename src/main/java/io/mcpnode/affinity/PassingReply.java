package io.mcpnode.affinity;

import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another reply. */
abstract class PassingReply implements Reply {

  final Reply reply;

  PassingReply(Reply reply) {
    this.reply = reply;
  }

  @Override
  public void executing(String node) {
    reply.executing(node);
  }

  @Override
  public Future<Void> event(Buffer message) {
    return reply.event(message);
  }

  @Override
  public Future<Void> event(Buffer message, @Nullable String id) {
    return reply.event(message, id);
  }

  @Override
  public boolean resumable() {
    return reply.resumable();
  }

  @Override
  public void disconnect(int retryMillis) {
    reply.disconnect(retryMillis);
  }

  @Override
  public void detach() {
    reply.detach();
  }

  @Override
  public boolean mayRepeat() {
    return reply.mayRepeat();
  }

  @Override
  public void end(Answer answer) {
    reply.end(answer);
  }

  @Override
  public void fail(WireException reason) {
    reply.fail(reason);
  }

  @Override
  public Span span() {
    return reply.span();
  }

  @Override
  public void park() {
    reply.park();
  }

  @Override
  public void onClientGone(Runnable action) {
    reply.onClientGone(action);
  }
}
