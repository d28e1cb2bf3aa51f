package io.mcpnode;

import io.mcpnode.server.Loop;
import io.vertx.core.Vertx;
import org.jspecify.annotations.NullMarked;

/** The event loops of a Vert.x instance. */
@NullMarked
record VertxLoop(Vertx vertx) implements Loop {

  @Override
  public void run(Runnable action) {
    vertx.runOnContext(context -> action.run());
  }

  @Override
  public void after(long millis, Runnable action) {
    vertx.setTimer(Math.max(1, millis), timer -> action.run());
  }
}
