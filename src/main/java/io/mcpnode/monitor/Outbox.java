package io.mcpnode.monitor;

import io.mcpnode.monitor.MonitorProtocol.Happened;
import io.mcpnode.monitor.MonitorProtocol.Happening;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Events for the other members, sent together at the next heartbeat. One thread. */
final class Outbox {

  /** Waiting for a heartbeat; more are left out, and the last one says so. */
  static final int MAX = 500;

  private final String self;
  private final Consumer<Happened> send;
  private List<ClusterEvent> waiting = new ArrayList<>();
  private int leftOut;

  Outbox(String self, Consumer<Happened> send) {
    this.self = self;
    this.send = send;
  }

  void add(ClusterEvent event) {
    if (waiting.size() < MAX) {
      waiting.add(event);
    } else {
      leftOut++;
    }
  }

  void flush(long now) {
    if (waiting.isEmpty()) {
      return;
    }
    List<Happening> all = new ArrayList<>(waiting.stream().map(Outbox::happening).toList());
    if (leftOut > 0) {
      all.add(
          new Happening(
              now,
              ClusterEvent.Type.ALERT.text(),
              leftOut + " more events at " + self + " are not told to other nodes",
              new JsonObject().put("leftOut", leftOut).encode()));
    }
    waiting = new ArrayList<>();
    leftOut = 0;
    send.accept(new Happened(all));
  }

  private static Happening happening(ClusterEvent event) {
    return new Happening(
        event.at(), event.type().text(), event.message(), event.details().encode());
  }

  /** What another node told. */
  static ClusterEvent event(String node, Happening happening) {
    return new ClusterEvent(
        happening.at(),
        ClusterEvent.Type.valueOf(happening.type().toUpperCase(Locale.ROOT)),
        node,
        happening.message(),
        new JsonObject(happening.details()));
  }
}
