package io.mcpnode.netns;

import io.mcpnode.process.Await;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sessions that are opened at all nodes in turn, each used by one client at every node at once, so
 * that clients are on every side of any cut. Runs on one event loop; the methods block the calling
 * thread.
 */
final class SharedLoad implements AutoCloseable {

  private static final long PACE_MILLIS = 100;
  private static final long LIMIT_SECONDS = 90;
  private static final int READ_TRIES = 200;

  private final McpClient client;
  private final Context context;
  private final List<SharedHistory> sessions = new ArrayList<>();
  private final List<Future<Void>> lanes = new ArrayList<>();
  private boolean stopping;

  private SharedLoad(Vertx vertx, List<URI> nodes, int sessions) {
    client = new McpClient(vertx, nodes, sessions * 2);
    context = vertx.getOrCreateContext();
  }

  /** Opens the sessions and begins. */
  static SharedLoad begin(Vertx vertx, List<URI> nodes, int sessions) {
    SharedLoad load = new SharedLoad(vertx, nodes, sessions);
    for (int i = 0; i < sessions; i++) {
      McpReply opened = get(load.client.open(i % nodes.size()));
      if (!opened.isResult()) {
        throw new IllegalStateException("no session: " + opened);
      }
      load.sessions.add(new SharedHistory(opened.session()));
    }
    load.onLoop(
        () -> {
          for (SharedHistory session : load.sessions) {
            for (int node = 0; node < nodes.size(); node++) {
              load.lanes.add(load.lane(session, node));
            }
          }
          return null;
        });
    return load;
  }

  private Future<Void> lane(SharedHistory session, int node) {
    Promise<Void> ended = Promise.promise();
    step(session, node, ended);
    return ended.future();
  }

  private void step(SharedHistory session, int node, Promise<Void> ended) {
    if (stopping) {
      ended.complete();
      return;
    }
    long begun = System.nanoTime();
    client
        .call(node, session.name(), "counter", new JsonObject().put("by", 1))
        .onComplete(
            reply -> {
              note(session, node + 1, begun, reply.result());
              client.vertx().setTimer(PACE_MILLIS, timer -> step(session, node, ended));
            });
  }

  private static void note(SharedHistory session, int node, long begun, McpReply reply) {
    switch (reply.kind()) {
      case RESULT ->
          session.acked(node, reply.structured().getLong("value", -1L), begun, System.nanoTime());
      case REFUSED -> session.refused(node);
      case OWNER_LOST, CUT -> session.unknown();
      case GONE -> session.error(node, "gone: " + reply.reason());
      case ACCEPTED, ERROR -> session.error(node, "wrong answer: " + reply);
    }
  }

  /** Waits until every session has been served at each of these nodes by a call begun from now. */
  Duration awaitServed(Iterable<Integer> nodes, Duration limit) {
    long since = System.nanoTime();
    try {
      Await.until(
          "every session is served at " + nodes,
          limit,
          () -> onLoop(() -> unserved(nodes, since)).isEmpty());
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage() + "; not served: " + onLoop(() -> unserved(nodes, since)), e);
    }
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private List<String> unserved(Iterable<Integer> nodes, long since) {
    List<String> missing = new ArrayList<>();
    for (SharedHistory session : sessions) {
      for (int node : nodes) {
        if (session.ackedSince(node, since) == 0) {
          missing.add(session.name() + " at n" + node);
        }
      }
    }
    return missing;
  }

  /** How many calls that node refused so far. */
  int refused(int node) {
    return onLoop(() -> sessions.stream().mapToInt(session -> session.refusedCount(node)).sum());
  }

  /** How many calls that began after that time this node has acknowledged. */
  long ackedSince(int node, long time) {
    return onLoop(() -> sessions.stream().mapToLong(it -> it.ackedSince(node, time)).sum());
  }

  /** One line for people. */
  String summary() {
    return onLoop(
        () ->
            "acknowledged %d, unknown %d, refused %d"
                .formatted(
                    sessions.stream().mapToInt(SharedHistory::ackedCount).sum(),
                    sessions.stream().mapToInt(SharedHistory::unknownCount).sum(),
                    sessions.stream()
                        .mapToInt(
                            session -> {
                              int refused = 0;
                              for (int node = 1; node <= client.nodes().size(); node++) {
                                refused += session.refusedCount(node);
                              }
                              return refused;
                            })
                        .sum()));
  }

  /** Ends the load, reads every counter at every node, and tells what was wrong. */
  List<String> finish() {
    onLoop(() -> stopping = true);
    get(Future.join(lanes));
    for (SharedHistory session : sessions) {
      for (int node = 0; node < client.nodes().size(); node++) {
        read(session, node);
      }
    }
    return onLoop(
        () -> sessions.stream().flatMap(session -> session.violations().stream()).toList());
  }

  private void read(SharedHistory session, int node) {
    for (int i = 0; i < READ_TRIES; i++) {
      McpReply reply =
          get(client.call(node, session.name(), "counter", new JsonObject().put("by", 0)));
      if (reply.isResult()) {
        session.read(node + 1, reply.structured().getLong("value", -1L));
        return;
      }
      if (reply.kind() == McpReply.Kind.GONE) {
        break;
      }
    }
    session.error(node + 1, "not readable in the end");
  }

  @Override
  public void close() {
    onLoop(() -> stopping = true);
    client.close();
  }

  private <T> T onLoop(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        go -> {
          try {
            done.complete(action.get());
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return get(done.future());
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not done within " + LIMIT_SECONDS + " s", e);
    }
  }
}
