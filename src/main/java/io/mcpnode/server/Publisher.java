package io.mcpnode.server;

import io.mcpnode.membership.Membership;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all nodes of changes. To one node, one announcement of a kind is under way at a time; those
 * that come meanwhile are made together afterwards.
 */
final class Publisher implements Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int TRIES = 3;

  /** Under way; beyond, those about single resources and sessions are dropped. */
  static final int MAX_UNDER_WAY = 10_000;

  private record Delivery(NodeId to, StreamsProtocol.Arriving message) {}

  private enum State {
    UNDER_WAY,
    UNDER_WAY_AND_WANTED_AGAIN
  }

  private final Rpc rpc;
  private final Membership membership;
  private final Listeners here;
  private final ConcurrentHashMap<Delivery, State> deliveries = new ConcurrentHashMap<>();
  private final Counter refused;

  Publisher(Rpc rpc, Membership membership, Listeners here, MeterRegistry meters) {
    this.rpc = rpc;
    this.membership = membership;
    this.here = here;
    refused = meters.counter("mcp.refused", "limit", "announcements");
  }

  @Override
  public void toolsChanged() {
    publish(new StreamsProtocol.Announce(StreamsProtocol.Change.TOOLS, ""));
  }

  @Override
  public void promptsChanged() {
    publish(new StreamsProtocol.Announce(StreamsProtocol.Change.PROMPTS, ""));
  }

  @Override
  public void resourcesChanged() {
    publish(new StreamsProtocol.Announce(StreamsProtocol.Change.RESOURCES, ""));
  }

  @Override
  public void resourceUpdated(String uri) {
    publish(new StreamsProtocol.Announce(StreamsProtocol.Change.RESOURCE, uri));
  }

  @Override
  public void elicitationComplete(String session, String elicitation) {
    StreamsProtocol.Tell message =
        new StreamsProtocol.Tell(
            session, Answers.buffer(MessageWriter.elicitationComplete(elicitation)));
    here.tell(session, message.message());
    deliver(message);
  }

  private void publish(StreamsProtocol.Announce change) {
    here.announce(change);
    deliver(change);
  }

  /** To all other nodes. */
  private void deliver(StreamsProtocol.Arriving message) {
    for (NodeId node : membership.view().ids()) {
      if (!node.equals(rpc.self())) {
        deliver(new Delivery(node, message));
      }
    }
  }

  private void deliver(Delivery delivery) {
    if (!mustArrive(delivery.message()) && deliveries.size() >= MAX_UNDER_WAY) {
      refused.increment();
      return;
    }
    State before =
        deliveries.merge(
            delivery, State.UNDER_WAY, (now, more) -> State.UNDER_WAY_AND_WANTED_AGAIN);
    if (before == State.UNDER_WAY) {
      send(delivery, TRIES);
    }
  }

  /** There are few of these. */
  private static boolean mustArrive(StreamsProtocol.Arriving message) {
    return message instanceof StreamsProtocol.Announce announced
        && announced.change() != StreamsProtocol.Change.RESOURCE;
  }

  private void send(Delivery delivery, int tries) {
    rpc.ask(delivery.to(), StreamsProtocol.V1, delivery.message(), PATIENCE)
        .onComplete(
            heard -> done(delivery),
            problem -> {
              Failure failure = WireException.from(problem).failure();
              if (failure == Failure.INDETERMINATE && tries > 1) {
                send(delivery, tries - 1);
              } else {
                LOG.debug("{} was not told of {}: {}", delivery.to(), delivery.message(), failure);
                done(delivery);
              }
            });
  }

  private void done(Delivery delivery) {
    State left =
        deliveries.compute(
            delivery, (d, now) -> now == State.UNDER_WAY_AND_WANTED_AGAIN ? State.UNDER_WAY : null);
    if (left != null) {
      send(delivery, TRIES);
    }
  }
}
