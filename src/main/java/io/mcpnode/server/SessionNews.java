package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Revision;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The news for one session, at its owner: what its GET streams carry. News go to the youngest
 * stream, so each goes out once. They say "read again", so where their history can't be continued
 * the client is told that everything may have changed. Any thread.
 */
final class SessionNews implements Listener {

  static final int MAX_READERS = 4;

  private static final Buffer EMPTY = Buffer.buffer();

  /** One stream. */
  private static final class Reader {
    private final Reply reply;
    private final long stream;
    private boolean waitingForRoom;

    Reader(Reply reply, long stream) {
      this.reply = reply;
      this.stream = stream;
    }
  }

  private final Hosted session;
  private final long epoch;
  private final long firstStream;
  private final Function<Hosted, Iterable<String>> subscriptions;
  private final Predicate<StreamsProtocol.Change> promised;
  private final Answer replaced;
  private final ReentrantLock lock = new ReentrantLock();
  private final NewsLog log = new NewsLog();

  /** The youngest is the last. */
  private final List<Reader> readers = new ArrayList<>();

  private long nextStream;

  /**
   * @param firstStream the number of its first stream: greater than all of an earlier one of the
   *     session and epoch
   * @param subscriptions the addresses of the resources of whose updates the session wants to hear
   * @param promised of which changes clients may hear, as the capabilities say
   * @param replaced ends a stream beyond the limit
   */
  SessionNews(
      Hosted session,
      long firstStream,
      Function<Hosted, Iterable<String>> subscriptions,
      Predicate<StreamsProtocol.Change> promised,
      Answer replaced) {
    this.session = session;
    this.epoch = session.record().epoch();
    this.firstStream = firstStream;
    this.nextStream = firstStream;
    this.subscriptions = subscriptions;
    this.promised = promised;
    this.replaced = replaced;
  }

  /**
   * A client reads from now on. Whoever read the same stream before reads no more.
   *
   * @param after the last event that it has seen, null if it begins
   * @param priming it knows events that only give it an id
   */
  void attach(Reply reply, @Nullable EventId after, boolean priming) {
    List<Reader> others = new ArrayList<>();
    lock.lock();
    try {
      EventId known = after != null && isKnown(after) ? after : null;
      boolean complete =
          known == null ? after == null : log.rewind(known.newsStream(), known.offset());
      complete &= !log.takeIncomplete();
      Reader reader = new Reader(reply, known == null ? nextStream++ : known.newsStream());
      for (Reader other : readers) {
        if (other.stream == reader.stream) {
          others.add(other);
        }
      }
      readers.removeAll(others);
      readers.add(reader);
      if (readers.size() > MAX_READERS) {
        others.add(readers.remove(0));
      }
      reply.event(EMPTY, priming ? id(reader, known == null ? log.given() : known.offset()) : null);
      if (!complete) {
        everythingMayHaveChanged();
      }
      pump();
    } finally {
      lock.unlock();
    }
    reply.onClientGone(() -> left(reply));
    others.forEach(reader -> reader.reply.end(replaced));
  }

  private boolean isKnown(EventId after) {
    return after.isNews()
        && after.epoch() == epoch
        && after.newsStream() >= firstStream
        && after.newsStream() < nextStream
        && after.offset() <= log.given();
  }

  /** Nothing of which this node has never promised to tell. */
  private void everythingMayHaveChanged() {
    for (StreamsProtocol.Change change : StreamsProtocol.Change.values()) {
      if (change != StreamsProtocol.Change.RESOURCE && promised.test(change)) {
        keep(new StreamsProtocol.Announce(change, ""));
      }
    }
    for (String uri : subscriptions.apply(session)) {
      keep(new StreamsProtocol.Announce(StreamsProtocol.Change.RESOURCE, uri));
    }
  }

  private String id(Reader reader, long offset) {
    return EventId.ofNews(reader.stream, epoch, offset).toString();
  }

  @Override
  public void changed(StreamsProtocol.Announce change) {
    lock.lock();
    try {
      if (wants(change)) {
        keep(change);
        pump();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How a task of the session stands now. */
  void tell(String task, Buffer notification) {
    lock.lock();
    try {
      log.keep(task, notification);
      pump();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void told(String to, Buffer message) {
    if (!to.equals(session.record().key()) || !canBeSentToPages()) {
      return;
    }
    lock.lock();
    try {
      log.keep(message, message);
      pump();
    } finally {
      lock.unlock();
    }
  }

  private boolean canBeSentToPages() {
    SessionInfo info = session.record().contents().session();
    Revision revision = info == null ? null : Revision.of(info.protocolVersion());
    return info != null
        && revision != null
        && Abilities.of(info.clientCapabilities(), revision).has(ClientCapability.URL_ELICITATION);
  }

  private boolean wants(StreamsProtocol.Announce change) {
    if (change.change() != StreamsProtocol.Change.RESOURCE) {
      return true;
    }
    for (String uri : subscriptions.apply(session)) {
      if (uri.equals(change.uri())) {
        return true;
      }
    }
    return false;
  }

  private void keep(StreamsProtocol.Announce change) {
    log.keep(
        change,
        Answers.buffer(MessageWriter.changed(ListenStream.method(change.change()), change.uri())));
  }

  private void pump() {
    for (Reader reader : List.copyOf(readers)) {
      pump(reader);
    }
  }

  private void pump(Reader reader) {
    while (!reader.waitingForRoom && readers.contains(reader)) {
      NewsLog.News next = log.next(reader.stream, reader == readers.get(readers.size() - 1));
      if (next == null) {
        return;
      }
      Future<Void> room = reader.reply.event(next.message(), id(reader, next.offset()));
      if (room.failed()) {
        isGone(reader, next);
      } else if (!room.isComplete()) {
        reader.waitingForRoom = true;
        room.onComplete(done -> goOn(reader, next, done.succeeded()));
      }
    }
  }

  private void goOn(Reader reader, NewsLog.News sent, boolean there) {
    lock.lock();
    try {
      reader.waitingForRoom = false;
      if (there) {
        pump(reader);
      } else {
        isGone(reader, sent);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Another stream gets what this one did not. */
  private void isGone(Reader reader, NewsLog.News unsent) {
    readers.remove(reader);
    log.giveBack(unsent);
    pump();
  }

  private void left(Reply reply) {
    lock.lock();
    try {
      readers.removeIf(reader -> reader.reply == reply);
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** The node leaves, and the session with it: the edges look where it is then. */
  @Override
  public void nodeLeaves() {
    lost(new WireException(Failure.STALE_EPOCH, "the owner leaves"));
  }

  /** The session is owned elsewhere, or has ended. */
  void lost(WireException reason) {
    List<Reader> all;
    lock.lock();
    try {
      all = List.copyOf(readers);
      readers.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(reader -> reader.reply.fail(reason));
  }
}
