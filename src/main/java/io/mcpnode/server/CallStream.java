package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one call: its log, and the client that reads it at the moment. What the client has
 * not read yet waits in the log alone, so a slow or absent client costs no more than the log. Any
 * thread.
 */
final class CallStream {

  private static final Logger LOG = LoggerFactory.getLogger(CallStream.class);
  private static final Buffer EMPTY = Buffer.buffer();

  /** What a client that left because it was told to shall wait before it asks again. */
  static final int POLL_MILLIS = 500;

  private final CallStreams streams;
  private final String key;
  private final long epoch;
  private final ReentrantLock lock = new ReentrantLock();
  private final EventLog log;

  // From here on: under the lock.
  private final StreamReader reader;
  private final LogCopies copies = new LogCopies();
  private @Nullable Reply primary;
  private @Nullable Answer answer;
  private boolean answerMayGo;

  /** Ends of connections, for when the lock is released. */
  private final List<Runnable> ends = new ArrayList<>(1);

  private CallStream(CallStreams streams, String key, long epoch, EventLog log) {
    this.streams = streams;
    this.key = key;
    this.epoch = epoch;
    this.log = log;
    reader = new StreamReader(key, log, this::goOn);
  }

  /**
   * Of a call that runs here.
   *
   * @param log empty
   * @param primary where the call was asked
   */
  static CallStream begin(CallStreams streams, String key, EventLog log, Reply primary) {
    CallStream stream = new CallStream(streams, key, 1, log);
    stream.primary = primary;
    stream.reader.begins(primary);
    primary.onClientGone(() -> stream.left(primary));
    stream.copies.changed();
    if (log.primes()) {
      stream.send(EMPTY);
    }
    return stream;
  }

  /** Of a call that ran on a node that is gone: the honest end is added if there is none. */
  static CallStream restored(CallStreams streams, Hosted record, EventLog log) {
    long epoch = record.record().epoch();
    CallStream stream = new CallStream(streams, record.record().key(), epoch, log);
    stream.copies.recordIs(record);
    if (!log.ended()) {
      JsonOut error = MessageWriter.error(new RequestId(log.request()), Failures.ownerLost());
      log.end(Answers.buffer(error), epoch);
      stream.copies.changed();
    }
    stream.answerMayGo = true;
    return stream;
  }

  /**
   * Ends what is to end, and tells whoever waits for room, if there is some now: without the lock,
   * since others may hold one of their own when they send.
   */
  private void unlock() {
    if (lock.getHoldCount() > 1) {
      lock.unlock();
      return;
    }
    Promise<Void> room = reader.takeGivenRoom();
    List<Runnable> last = ends.isEmpty() ? List.of() : List.copyOf(ends);
    ends.clear();
    lock.unlock();
    if (room != null) {
      room.tryComplete();
    }
    last.forEach(Runnable::run);
  }

  String key() {
    return key;
  }

  boolean isOf(String session) {
    return log.session().equals(session);
  }

  int bytes() {
    lock.lock();
    try {
      return log.bytes();
    } finally {
      unlock();
    }
  }

  /** The record exists: what is in the log is copied from now on. */
  void recorded(Hosted created) {
    lock.lock();
    try {
      copies.recordIs(created);
    } finally {
      unlock();
    }
    copyIfDue(streams.now(), true);
  }

  /**
   * Adds a message. Completes when the client has read all so far, or is not there: then there is
   * room for another one.
   */
  Future<Void> send(Buffer message) {
    Future<Void> result;
    lock.lock();
    try {
      if (log.ended()) {
        return Future.failedFuture(new WireException(Failure.NODE_DOWN, "the call has ended"));
      }
      log.add(message, epoch);
      copies.changed();
      pump();
      result = reader.room();
    } finally {
      unlock();
    }
    copyIfDue(streams.now(), false);
    return result;
  }

  /** Adds the answer; the client gets it when all copies have it. */
  void end(Answer end) {
    lock.lock();
    try {
      answer = end;
      log.end(end.body(), epoch);
      copies.changed();
    } finally {
      unlock();
    }
    streams.ended(this, end.body() != null);
    copyIfDue(streams.now(), true);
  }

  /** A client reads from here on, whoever did before. */
  void attach(Reply reply, EventId after) {
    Reply before;
    lock.lock();
    try {
      before = reader.reply() == primary ? null : reader.reply();
      reader.goesOn(reply, after);
      reply.onClientGone(() -> left(reply));
      pump();
    } finally {
      unlock();
    }
    if (before != null) {
      before.end(streams.replaced());
    }
    copyIfDue(streams.now(), true);
  }

  private void left(Reply gone) {
    lock.lock();
    try {
      if (reader.reply() == gone) {
        reader.gone();
      }
    } finally {
      unlock();
    }
  }

  /** Ends the client's connection before the answer is there; the client polls for the rest. */
  void disconnect() {
    lock.lock();
    try {
      Reply there = reader.reply();
      if (there != null && !log.ended()) {
        reader.gone();
        ends.add(() -> there.disconnect(POLL_MILLIS));
      }
    } finally {
      unlock();
    }
  }

  /** Writes what the reader has not read, as fast as it reads. */
  private void pump() {
    for (Reply to = reader.reply(); to != null && reader.isReady(); to = reader.reply()) {
      EventLog.Event next = reader.next();
      if (next == null) {
        reader.giveRoom();
        break;
      }
      if (next.equals(log.answer()) && (!answerMayGo || to == primary)) {
        break;
      }
      reader.send(to, next);
    }
    finishIfRead();
  }

  private void goOn(Reply to, boolean there) {
    lock.lock();
    try {
      if (reader.wakesUp(to, there)) {
        pump();
      }
    } finally {
      unlock();
    }
  }

  /** The reader has everything but the answer, and the answer may go. */
  private void finishIfRead() {
    if (!answerMayGo || reader.isBusy()) {
      return;
    }
    Reply first = primary;
    Answer end = answer;
    Reply reads = reader.reply();
    boolean firstReads = first != null && reads == first;
    EventLog.Event next = reader.next();
    boolean readAll = next == null || (firstReads && next.equals(log.answer()));
    if (first != null && end != null && (!firstReads || readAll)) {
      primary = null;
      ends.add(() -> first.end(end));
      if (firstReads) {
        reader.done();
        return;
      }
    }
    if (reads != null && readAll) {
      reader.done();
      ends.add(() -> reads.end(streams.replaced()));
    }
  }

  /** Copies the log if it has changed: now, or when its time has come. */
  void copyIfDue(long now, boolean atOnce) {
    LogCopies.Copy copy;
    lock.lock();
    try {
      if (!copies.hasRecord() && log.ended() && !streams.isRecording(this)) {
        mayGo();
      }
      copy = copies.due(log, now, atOnce);
    } finally {
      unlock();
    }
    if (copy == null) {
      return;
    }
    copy.make()
        .onComplete(
            done -> {
              if (done.failed()) {
                LOG.debug("The log of {} is not copied: {}", key, done.cause().toString());
              }
              copied(copy.last());
            });
  }

  private void copied(boolean last) {
    lock.lock();
    try {
      copies.done();
      if (last) {
        mayGo();
      }
    } finally {
      unlock();
    }
    copyIfDue(streams.now(), false);
  }

  /** The answer is as safe as it will be. */
  private void mayGo() {
    answerMayGo = true;
    pump();
  }

  /** The log could not be made, or is no longer owned here: the call goes on without. */
  void unrecorded() {
    lock.lock();
    try {
      copies.recordIs(null);
      if (log.ended()) {
        mayGo();
      }
    } finally {
      unlock();
    }
  }
}
