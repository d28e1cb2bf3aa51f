package io.mcpnode.http;

import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop. Looks at all of them four times a second, in place of timers:
 * a busy one is never idle, however long its call takes; one that sends no complete request within
 * the idle timeout is closed, even if it drips bytes.
 */
final class Connections {

  /** A client that got {@code Connection: close} has so long to close first. */
  private static final int GRACE_TICKS = 1 + 500 / Edge.TICK_MILLIS;

  /**
   * One that was not told yet, since it sent nothing, has so long to send its next request and be
   * told: closing it earlier could cross that request on its way. Longer than common clients keep
   * an idle connection for use: Node's fetch 4 s, Python's httpx 5 s.
   */
  private static final int UNTOLD_TICKS = 1 + 6_000 / Edge.TICK_MILLIS;

  private final Edge edge;
  private final int idleTicks;
  private final IdentityHashMap<HttpConnection, ClientConnection> open = new IdentityHashMap<>();
  private int now;
  private volatile int running;
  private @Nullable Promise<Void> quiet;
  private int quietFor;

  Connections(Edge edge) {
    this.edge = edge;
    this.idleTicks = Edge.ticks(edge.http.idleTimeout());
  }

  /** Counts the new connection, or closes it if there are too many. */
  void opened(HttpConnection http) {
    if (edge.connections.incrementAndGet() > edge.http.maxConnections()) {
      edge.connections.decrementAndGet();
      edge.meters.connectionsOverLimit.increment();
      http.close();
      return;
    }
    edge.listener.seen(http);
    ClientConnection connection = new ClientConnection(http, this);
    open.put(http, connection);
    http.closeHandler(v -> connection.closed());
    http.exceptionHandler(connection::failed);
  }

  /** Null if the connection was refused. */
  @Nullable ClientConnection of(HttpConnection http) {
    return open.get(http);
  }

  void forget(HttpConnection http) {
    if (open.remove(http) != null) {
      edge.connections.decrementAndGet();
    }
  }

  int now() {
    return now;
  }

  /** As of the last tick; any thread. */
  int running() {
    return running;
  }

  /** Completes when the connections open now are gone. */
  void whenQuiet(Promise<Void> promise) {
    quiet = promise;
    quietFor = now;
    tick();
  }

  void tick() {
    now++;
    int busy = 0;
    boolean older = false;
    List<ClientConnection> all = new ArrayList<>(open.values());
    for (ClientConnection connection : all) {
      Ongoing ongoing = connection.ongoing();
      older |= connection.opened() <= quietFor;
      if (ongoing == null) {
        closeIfIdle(connection);
      } else {
        ongoing.tick(now);
        if (edge.isClosing()) {
          ongoing.leave();
        }
        busy += ongoing.running();
      }
    }
    running = busy;
    Promise<Void> waiting = quiet;
    if (waiting != null && !older) {
      quiet = null;
      waiting.tryComplete();
    }
  }

  private void closeIfIdle(ClientConnection connection) {
    int idle = now - connection.idleSince();
    boolean told = connection.wasToldToClose() && edge.isClosing();
    boolean leaving = told ? idle >= GRACE_TICKS : edge.isQuiescing() && idle >= UNTOLD_TICKS;
    if ((idle >= idleTicks || leaving) && connection.isSpared(idle * Edge.TICK_MILLIS / 2)) {
      return; // a request may have come that the event loop has not seen yet
    }
    if (idle >= idleTicks) {
      edge.meters.connectionsIdle.increment();
      connection.close();
    } else if (leaving) {
      connection.close();
    }
  }
}
