package io.mcpnode.wire;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Requests between nodes: bounded in flight per peer, each with a deadline, failed the moment its
 * peer is gone.
 */
public interface Rpc {

  NodeId self();

  /**
   * Sends a request. The future completes on the caller's Vert.x context with the reply, or fails
   * with a {@link WireException}: {@code NODE_DOWN} if the peer is not a member (nothing was sent),
   * {@code OVERLOADED} if too many requests to it are open (nothing was sent), {@code
   * INDETERMINATE} when the peer leaves the cluster while it has the request or the timeout passes,
   * {@code LATE} if the timeout had passed when the peer got it, or what the peer answered.
   */
  default Future<WireMessage> ask(
      NodeId peer, Contract contract, WireMessage request, Duration timeout) {
    return open(peer, contract, request, timeout, event -> {}).reply();
  }

  /**
   * As {@link #ask}, for an answer that may be preceded by events, handed over in order on the
   * caller's context.
   */
  Exchange open(
      NodeId peer,
      Contract contract,
      WireMessage request,
      Duration timeout,
      Consumer<WireMessage> onEvent);

  /** Sends a message that nobody answers; it may get lost. */
  void tell(NodeId peer, Contract contract, WireMessage message);

  /**
   * Serves a component of this node. The handler is called on the context it was registered from;
   * register it once per event loop that shall share the work. Completes when the address is known
   * to the cluster.
   */
  Future<Registration> serve(Contract contract, Consumer<Incoming> handler);

  /** An open request, seen by the asker. */
  interface Exchange {
    Future<WireMessage> reply();

    /**
     * Sends a further message to the handler of this request, such as a cancellation; it may get
     * lost.
     */
    void send(WireMessage message);
  }

  /**
   * A request that arrived, seen by its handler, which must call {@link #reply} or {@link #fail}
   * exactly once.
   */
  interface Incoming {
    NodeId from();

    WireMessage message();

    /**
     * What is left until the asker gives up; requests that arrive late are refused before the
     * handler sees them.
     */
    Duration remaining();

    /**
     * Sends an event ahead of the reply. The future completes when the asker has room for another
     * one; an event sent earlier than that is still delivered, in order, but the number that may
     * wait is bounded: over it the future fails with {@code OVERLOADED} and the event is not sent.
     */
    Future<Void> event(WireMessage event);

    void reply(WireMessage reply);

    void fail(WireException reason);

    /** Called for what the asker sends with {@link Exchange#send}. */
    void onMessage(Consumer<WireMessage> handler);

    /** Called when the asker left the cluster: nobody waits for the reply any more. */
    void onAskerGone(Runnable handler);
  }

  /** A served address. */
  interface Registration {
    /** Completes when the cluster knows that nobody serves here any more. */
    Future<Void> close();
  }
}
