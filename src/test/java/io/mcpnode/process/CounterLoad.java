package io.mcpnode.process;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Many clients, each adding one by one to a counter of its own through all nodes in rotation, and
 * each keeping a {@link History}. All of it runs on one event loop; the methods block the calling
 * thread until what they do is done.
 */
public final class CounterLoad implements AutoCloseable {

  private static final long AGAIN_MILLIS = 50;
  private static final long LIMIT_SECONDS = 120;
  private static final int OPEN_AT_ONCE = 32;
  private static final int READ_TRIES = 100;

  private final class Lane {
    final Counter counter;
    final History history;
    final Promise<Void> ended = Promise.promise();

    Lane(Counter counter) {
      this.counter = counter;
      this.history = new History(counter.name());
    }
  }

  private final McpClient client;
  private final Context context;
  private final long paceMillis;
  private final List<Lane> lanes = new ArrayList<>();
  private boolean begun;
  private boolean stopping;

  /**
   * @param pace from an acknowledged addition to the next one of the same client
   */
  public CounterLoad(McpClient client, Duration pace) {
    this.client = client;
    this.context = client.vertx().getOrCreateContext();
    this.paceMillis = Math.max(1, pace.toMillis());
  }

  /** Opens sessions, and mints handles; fails if one of them can't be had. */
  public CounterLoad open(int sessions, int handles) {
    await(
        () -> {
          List<Future<?>> openers = new ArrayList<>();
          int[] left = {sessions, handles};
          for (int i = 0; i < OPEN_AT_ONCE; i++) {
            openers.add(openNext(left));
          }
          return Future.all(openers).mapEmpty();
        });
    return this;
  }

  private Future<Void> openNext(int[] left) {
    Future<Counter> opened;
    if (left[0] > 0) {
      left[0]--;
      opened = Counter.inSession(client);
    } else if (left[1] > 0) {
      left[1]--;
      opened = Counter.byHandle(client);
    } else {
      return Future.succeededFuture();
    }
    return opened.compose(
        counter -> {
          lanes.add(new Lane(counter));
          return openNext(left);
        });
  }

  /** Begins to add. */
  public CounterLoad begin() {
    context.runOnContext(
        go -> {
          begun = true;
          for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            after(1 + i * paceMillis / lanes.size(), () -> step(lane));
          }
        });
    return this;
  }

  private void after(long millis, Runnable action) {
    client.vertx().setTimer(millis, timer -> action.run());
  }

  private void step(Lane lane) {
    if (stopping) {
      lane.ended.tryComplete();
      return;
    }
    lane.history.begins(System.nanoTime());
    lane.counter.add(1).onComplete(reply -> answered(lane, reply.result()));
  }

  private void answered(Lane lane, McpReply reply) {
    switch (reply.kind()) {
      case RESULT -> {
        Long value = reply.structured().getLong("value");
        if (value == null) {
          lane.history.error("no value in " + reply.message());
        } else {
          lane.history.acked(value, System.nanoTime());
        }
        after(paceMillis, () -> step(lane));
      }
      case REFUSED -> {
        lane.history.refused(reply.reason());
        after(AGAIN_MILLIS, () -> step(lane));
      }
      case OWNER_LOST, CUT -> {
        lane.history.unknown(reply.reason());
        after(1, () -> step(lane));
      }
      case GONE -> {
        lane.history.gone(reply.reason());
        lane.ended.tryComplete();
      }
      case ACCEPTED, ERROR -> {
        lane.history.error(reply.reason());
        after(paceMillis, () -> step(lane));
      }
    }
  }

  /** Waits until every client has an acknowledged addition that began after this call. */
  public void awaitAllServed() {
    long[] before = new long[lanes.size()];
    onLoop(
        () -> {
          for (int i = 0; i < before.length; i++) {
            before[i] = lanes.get(i).history.ackedCount();
          }
          return null;
        });
    Await.until(
        "every client is served again",
        Duration.ofSeconds(LIMIT_SECONDS),
        () ->
            onLoop(
                () -> {
                  for (int i = 0; i < before.length; i++) {
                    History history = lanes.get(i).history;
                    // Two more: the first may have begun before.
                    if (!history.isGone() && history.ackedCount() < before[i] + 2) {
                      return false;
                    }
                  }
                  return true;
                }));
  }

  /** Ends the load, reads every counter through every node, and reports. */
  public LoadReport finish() {
    close();
    await(() -> Future.all(lanes.stream().map(lane -> readAll(lane, 0)).toList()).mapEmpty());
    return onLoop(() -> LoadReport.of(lanes.stream().map(lane -> lane.history).toList()));
  }

  /** Ends the load; returns when nothing is under way any more. */
  @Override
  public void close() {
    await(
        () -> {
          stopping = true;
          return begun
              ? Future.all(lanes.stream().map(lane -> lane.ended.future()).toList()).mapEmpty()
              : Future.succeededFuture();
        });
  }

  private Future<Void> readAll(Lane lane, int node) {
    if (node == client.nodes().size() || lane.history.isGone()) {
      return Future.succeededFuture();
    }
    return read(lane, node, READ_TRIES).compose(done -> readAll(lane, node + 1));
  }

  private Future<Void> read(Lane lane, int node, int tries) {
    return lane.counter
        .addAt(node, 0)
        .compose(
            reply -> {
              Long value = reply.structured().getLong("value");
              if (reply.isResult() && value != null) {
                lane.history.read(client.nodes().get(node).getAuthority(), value);
              } else if (reply.kind() == McpReply.Kind.REFUSED && tries > 1) {
                return client
                    .vertx()
                    .timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .compose(timer -> read(lane, node, tries - 1));
              } else if (reply.kind() == McpReply.Kind.GONE) {
                lane.history.gone(reply.reason());
              } else {
                lane.history.error("not readable: " + reply.reason() + reply.message());
              }
              return Future.succeededFuture();
            });
  }

  /** Who owns the sessions: {@code whoami} asked in each of them. */
  public List<JsonObject> whoAmI() {
    List<JsonObject> answers = new ArrayList<>();
    await(
        () ->
            Future.all(
                    lanes.stream()
                        .filter(lane -> lane.counter instanceof Counter.InSession)
                        .map(
                            lane ->
                                client
                                    .call(lane.counter.name(), "whoami", new JsonObject())
                                    .onSuccess(reply -> answers.add(reply.structured())))
                        .toList())
                .mapEmpty());
    return answers;
  }

  private void await(Supplier<Future<Void>> action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(go -> action.get().onComplete(done));
    get(done);
  }

  private <T> T onLoop(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(go -> done.complete(action.get()));
    return get(done);
  }

  private static <T> T get(Promise<T> done) {
    try {
      return done.future().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not done within " + LIMIT_SECONDS + " s", e);
    }
  }
}
