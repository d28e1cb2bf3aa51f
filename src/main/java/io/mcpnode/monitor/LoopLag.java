package io.mcpnode.monitor;

import io.mcpnode.wire.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A timer on every event loop that tells how late it is. */
final class LoopLag {

  private static final long EVERY_MILLIS = 100;

  private final Vertx vertx;
  private final Clock clock;
  private final List<Drift> drifts = new ArrayList<>();
  private volatile boolean stopped;

  private LoopLag(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  static LoopLag start(Vertx vertx, Clock clock) {
    LoopLag lag = new LoopLag(vertx, clock);
    VertxInternal inside = (VertxInternal) vertx;
    for (EventExecutor loop : inside.nettyEventLoopGroup()) {
      Context context = inside.contextBuilder().withEventLoop((EventLoop) loop).build();
      Drift drift = new Drift(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS), clock.nanos());
      lag.drifts.add(drift);
      context.runOnContext(v -> lag.arm(drift));
    }
    return lag;
  }

  private void arm(Drift drift) {
    vertx.setTimer(
        EVERY_MILLIS,
        timer -> {
          drift.fired(clock.nanos());
          if (!stopped) {
            arm(drift);
          }
        });
  }

  /** Of the slowest loop since the last call, nanoseconds. */
  long take() {
    long now = clock.nanos();
    return drifts.stream().mapToLong(drift -> drift.take(now)).max().orElse(0);
  }

  void stop() {
    stopped = true;
  }
}
