package io.mcpnode.bench;

import io.mcpnode.process.Await;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that count in their sessions through all nodes, one addition after the other, and when
 */
final class ServedAgain implements AutoCloseable {

  private static final long AGAIN_MILLIS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final class Lane {
    final String session;
    final Promise<Void> ended = Promise.promise();
    volatile long served;

    Lane(String session) {
      this.session = session;
    }
  }

  private final McpClient client;
  private final Context context;
  private final long paceMillis;
  private final List<Lane> lanes = new ArrayList<>();
  private volatile long moment = Long.MAX_VALUE;
  private volatile boolean stopping;

  /** Begins to count. */
  ServedAgain(McpClient client, List<String> sessions, long paceMillis) {
    this.client = client;
    this.context = client.vertx().getOrCreateContext();
    this.paceMillis = paceMillis;
    sessions.forEach(session -> lanes.add(new Lane(session)));
    context.runOnContext(go -> lanes.forEach(this::step));
  }

  private void step(Lane lane) {
    if (stopping) {
      lane.ended.tryComplete();
      return;
    }
    long begun = System.nanoTime();
    client
        .call(lane.session, "counter", new JsonObject().put("by", 1))
        .onSuccess(reply -> answered(lane, begun, reply));
  }

  private void answered(Lane lane, long begun, McpReply reply) {
    if (reply.kind() == McpReply.Kind.GONE || reply.kind() == McpReply.Kind.ERROR) {
      lane.ended.tryFail(new IllegalStateException(lane.session + ": " + reply));
      return;
    }
    if (reply.isResult()) {
      if (lane.served == 0 && begun - moment >= 0) {
        lane.served = System.nanoTime();
      }
    }
    client.vertx().setTimer(reply.isResult() ? paceMillis : AGAIN_MILLIS, timer -> step(lane));
  }

  /** From now on it is noted when each is served again. */
  void mark() {
    moment = Long.MAX_VALUE;
    lanes.forEach(lane -> lane.served = 0);
    moment = System.nanoTime();
  }

  /** Waits until all are served again, and tells after how many milliseconds each was. */
  Map<String, Double> awaitAll() {
    Await.until(
        "each session is served again", LIMIT, () -> lanes.stream().allMatch(this::isServed));
    Map<String, Double> millis = new LinkedHashMap<>();
    lanes.forEach(lane -> millis.put(lane.session, (lane.served - moment) / 1e6));
    return millis;
  }

  private boolean isServed(Lane lane) {
    if (lane.ended.future().failed()) {
      throw new IllegalStateException("a session was lost", lane.ended.future().cause());
    }
    return lane.served != 0;
  }

  @Override
  public void close() {
    stopping = true;
    Future.join(lanes.stream().map(lane -> lane.ended.future().otherwiseEmpty()).toList()).await();
  }
}
