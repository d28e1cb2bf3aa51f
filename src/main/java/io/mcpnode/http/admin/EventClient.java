package io.mcpnode.http.admin;

import io.mcpnode.monitor.ClusterEvent;
import io.mcpnode.monitor.ClusterMonitor;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One reader of events. What it can't take in waits here, up to a bound; a reader that is slower
 * than that is told so and let go, and may come back with the id of the last event it has.
 */
final class EventClient implements ClusterMonitor.Listener {

  /** More than a new client gets at once. */
  static final int MAX_WAITING = 2_000;

  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final Buffer HELLO = Buffer.buffer("retry: 2000\n: events of the cluster\n\n");
  private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");
  private static final Buffer GAP =
      Buffer.buffer(
          "event: gap\ndata: {\"message\":\"some events before this one are missing\"}\n\n");
  private static final Buffer DROPPED =
      Buffer.buffer(
          "event: dropped\ndata: {\"message\":\"this reader is too slow; come back with"
              + " Last-Event-ID\"}\n\n");

  private final Vertx vertx;
  private final Context loop;
  private final HttpServerResponse response;
  private final Counter dropped;
  private final AtomicInteger onTheWay = new AtomicInteger();

  // From here on: only on the loop.
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private ClusterMonitor.@Nullable Subscription subscription;
  private long timer = -1;
  private boolean begun;
  private boolean over;
  private boolean tooMuch;

  EventClient(Vertx vertx, Context loop, HttpServerResponse response, Counter dropped) {
    this.vertx = vertx;
    this.loop = loop;
    this.response = response;
    this.dropped = dropped;
  }

  /** What came before this waits. */
  void begin(ClusterMonitor.Subscription subscription) {
    this.subscription = subscription;
    if (response.closed() || response.ended()) {
      end();
      return;
    }
    EventRoute.head(response);
    response.closeHandler(v -> end());
    response.exceptionHandler(problem -> end());
    response.drainHandler(v -> write());
    timer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, id -> keepAlive());
    begun = true;
    response.write(HELLO);
    write();
    if (tooMuch) {
      drop();
    }
  }

  @Override
  public void gap() {
    send(GAP);
  }

  @Override
  public void event(String id, ClusterEvent event) {
    JsonObject json = MonitorRendering.event(event);
    send(
        Buffer.buffer(
            "id: " + id + "\nevent: " + event.type().text() + "\ndata: " + json.encode() + "\n\n"));
  }

  private void send(Buffer frame) {
    if (onTheWay.incrementAndGet() > MAX_WAITING) {
      onTheWay.decrementAndGet();
      loop.runOnContext(v -> drop());
      return;
    }
    loop.runOnContext(
        v -> {
          if (!over) {
            waiting.add(frame);
            write();
          }
        });
  }

  private void write() {
    while (begun && !over && !waiting.isEmpty()) {
      if (response.ended()) { // by a node that leaves
        end();
        return;
      }
      if (response.writeQueueFull()) {
        return;
      }
      response.write(waiting.remove());
      onTheWay.decrementAndGet();
    }
  }

  private void keepAlive() {
    if (response.ended()) {
      end();
    } else if (waiting.isEmpty() && !response.writeQueueFull()) {
      response.write(KEEP_ALIVE);
    }
  }

  private void drop() {
    tooMuch = true;
    if (!over && begun) {
      dropped.increment();
      end();
      if (!response.ended()) {
        response.end(DROPPED);
      }
    }
  }

  private void end() {
    over = true;
    waiting.clear();
    vertx.cancelTimer(timer);
    ClusterMonitor.Subscription open = subscription;
    subscription = null;
    if (open != null) {
      open.cancel();
    }
  }
}
