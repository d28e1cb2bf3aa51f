package io.mcpnode.wire;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Flow control of the events ahead of a reply, at the sender: so many may be on their way, so many
 * more may wait, the rest is refused. One thread.
 *
 * @param <E> an event
 */
final class EventWindow<E> {

  interface Sender<E> {
    void send(int number, E event);
  }

  private record Waiting<E>(E event, Promise<Void> room) {}

  private final int inFlight;
  private final int queue;
  private final Sender<E> sender;
  private final Deque<Waiting<E>> waiting = new ArrayDeque<>();
  private final Deque<Promise<Void>> roomless = new ArrayDeque<>();
  private int sent;
  private int consumed;

  /**
   * @param inFlight events sent and not yet consumed, at most
   * @param queue events that wait, at most
   */
  EventWindow(int inFlight, int queue, Sender<E> sender) {
    this.inFlight = inFlight;
    this.queue = queue;
    this.sender = sender;
  }

  /**
   * @param room completed when there is room for another event; failed with {@code OVERLOADED} if
   *     this one is refused
   */
  void offer(E event, Promise<Void> room) {
    if (hasRoom()) {
      send(event);
      if (hasRoom()) {
        room.complete();
      } else {
        roomless.add(room);
      }
    } else if (waiting.size() < queue) {
      waiting.add(new Waiting<>(event, room));
    } else {
      room.fail(
          new WireException(
              Failure.OVERLOADED,
              "events waiting for the asker: " + queue + " (expected: fewer; wait for room)"));
    }
  }

  /**
   * @param total events consumed since the beginning; an older, smaller number changes nothing
   */
  void consumed(int total) {
    if (total <= consumed || total > sent) {
      return;
    }
    consumed = total;
    while (hasRoom() && !waiting.isEmpty()) {
      Waiting<E> next = waiting.remove();
      send(next.event);
      roomless.add(next.room);
    }
    if (hasRoom()) {
      while (!roomless.isEmpty()) {
        roomless.remove().complete();
      }
    }
  }

  /**
   * Sends what waits, because the end follows, and completes every future.
   *
   * @return the number of events sent in all
   */
  int drain() {
    while (!waiting.isEmpty()) {
      Waiting<E> next = waiting.remove();
      send(next.event);
      roomless.add(next.room);
    }
    while (!roomless.isEmpty()) {
      roomless.remove().complete();
    }
    return sent;
  }

  /** Nobody listens any more: what waits is not sent. */
  void abandon(WireException reason) {
    while (!waiting.isEmpty()) {
      waiting.remove().room.fail(reason);
    }
    while (!roomless.isEmpty()) {
      roomless.remove().fail(reason);
    }
  }

  int sent() {
    return sent;
  }

  private boolean hasRoom() {
    return sent - consumed < inFlight;
  }

  private void send(E event) {
    sent++;
    sender.send(sent, event);
  }
}
