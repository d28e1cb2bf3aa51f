package io.mcpnode.wire;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/** A message that nobody waits for: an answer to it goes nowhere. */
record Told(NodeId from, WireMessage message) implements Rpc.Incoming {

  @Override
  public Duration remaining() {
    return Duration.ZERO;
  }

  @Override
  public Future<Void> event(WireMessage event) {
    return Future.failedFuture(new WireException(Failure.INVALID, "a told message has no asker"));
  }

  @Override
  public void reply(WireMessage reply) {}

  @Override
  public void fail(WireException reason) {}

  @Override
  public void onMessage(Consumer<WireMessage> handler) {}

  @Override
  public void onAskerGone(Runnable handler) {}
}
