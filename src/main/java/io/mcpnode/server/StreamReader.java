package io.mcpnode.server;

import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The client that reads a stream at the moment, if any, and how far it has come. Under the lock of
 * its stream.
 */
final class StreamReader {

  private static final Buffer EMPTY = Buffer.buffer();

  private final String key;
  private final EventLog log;
  private final BiConsumer<Reply, Boolean> roomAgain;
  private @Nullable Reply reply;
  private long epoch;
  private long offset;
  private boolean waitingForRoom;
  private @Nullable Promise<Void> room;
  private @Nullable Promise<Void> givenRoom;

  /**
   * @param key of the stream
   * @param roomAgain told when the client has read what it was sent, or that it has gone
   */
  StreamReader(String key, EventLog log, BiConsumer<Reply, Boolean> roomAgain) {
    this.key = key;
    this.log = log;
    this.roomAgain = roomAgain;
  }

  /** Null if nobody reads. */
  @Nullable Reply reply() {
    return reply;
  }

  /** It reads from the beginning. */
  void begins(Reply client) {
    reply = client;
  }

  /**
   * It reads what comes after an event. It is told that event's id again if it knows such events:
   * the official TypeScript client forgets where it was if the connection ends before the next one.
   */
  void goesOn(Reply client, EventId after) {
    reply = client;
    waitingForRoom = false;
    epoch = after.epoch();
    offset = after.offset();
    client.event(EMPTY, log.primes() ? after.toString() : null);
  }

  /** Somebody reads, and has read what it was sent. */
  boolean isReady() {
    return reply != null && !waitingForRoom;
  }

  boolean isBusy() {
    return waitingForRoom;
  }

  /** What it has not been sent yet; null if nothing. */
  EventLog.@Nullable Event next() {
    return log.after(epoch, offset);
  }

  /** It has everything, and an end: nobody reads any more. */
  void done() {
    reply = null;
  }

  /** Nobody reads any more; whoever writes need not wait. */
  void gone() {
    reply = null;
    giveRoom();
  }

  /** False if another one reads by now. */
  boolean wakesUp(Reply client, boolean there) {
    if (reply != client) {
      return false;
    }
    waitingForRoom = false;
    if (!there) {
      gone();
    }
    return true;
  }

  /** Completes when everything is read, or nobody reads. */
  Future<Void> room() {
    if (reply == null || (!waitingForRoom && next() == null)) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = room;
    if (promise == null) {
      promise = Promise.promise();
      room = promise;
    }
    return promise.future();
  }

  /** Whoever waits for room is to be told, see {@link #takeGivenRoom}. */
  void giveRoom() {
    Promise<Void> waited = room;
    Promise<Void> earlier = givenRoom;
    room = null;
    if (earlier == null) {
      givenRoom = waited;
    } else if (waited != null) {
      earlier.future().onComplete(done -> waited.tryComplete());
    }
  }

  /** What has to be completed when the lock is released; null if nothing. */
  @Nullable Promise<Void> takeGivenRoom() {
    Promise<Void> taken = givenRoom;
    givenRoom = null;
    return taken;
  }

  /** Sends the next event, and before it, that some are missing. */
  void send(Reply to, EventLog.Event next) {
    if (next.epoch() == epoch && next.offset() > offset + 1) {
      to.event(Answers.buffer(MessageWriter.missed(next.offset() - offset - 1)), null);
    }
    epoch = next.epoch();
    offset = next.offset();
    if (next.message().length() == 0 && next.offset() > 1) {
      return;
    }
    EventId id = new EventId(key, next.epoch(), next.offset(), new RequestId(log.request()));
    Future<Void> more = to.event(next.message(), id.toString());
    if (!more.isComplete()) {
      waitingForRoom = true;
      more.onComplete(done -> roomAgain.accept(to, done.succeeded()));
    } else if (more.failed()) {
      gone();
    }
  }
}
