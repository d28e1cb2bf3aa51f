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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The news for one session, at its owner: what its GET stream carries. Several streams may be open;
 * news go to the youngest, so each goes out once. News say "read again", so where their history
 * can't be continued the client is told that everything may have changed. Any thread.
 */
final class SessionNews implements Listener {

  static final int MAX_KEPT = 64;
  static final int MAX_READERS = 4;

  private static final Buffer EMPTY = Buffer.buffer();

  /** Something that is to be said, in its latest words. */
  private static final class News {
    private final long offset;
    private final Object about;
    private Buffer message;

    News(long offset, Object about, Buffer message) {
      this.offset = offset;
      this.about = about;
      this.message = message;
    }
  }

  private final Hosted session;
  private final long epoch;
  private final Function<Hosted, Iterable<String>> subscriptions;
  private final Predicate<StreamsProtocol.Change> promised;
  private final Answer replaced;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<News> kept = new ArrayDeque<>();
  private final List<Reply> readers = new ArrayList<>();
  private long last;
  private long read;
  private boolean waitingForRoom;
  private boolean incomplete;

  /**
   * @param subscriptions the addresses of the resources of whose updates the session wants to hear
   * @param promised of which changes clients may hear, as the capabilities say
   * @param replaced ends a stream beyond the limit
   */
  SessionNews(
      Hosted session,
      Function<Hosted, Iterable<String>> subscriptions,
      Predicate<StreamsProtocol.Change> promised,
      Answer replaced) {
    this.session = session;
    this.epoch = session.record().epoch();
    this.subscriptions = subscriptions;
    this.promised = promised;
    this.replaced = replaced;
  }

  /**
   * A client reads from now on.
   *
   * @param after the last event that it has seen, null if it begins
   * @param priming it knows events that only give it an id
   */
  void attach(Reply reply, @Nullable EventId after, boolean priming) {
    Reply oldest = null;
    lock.lock();
    try {
      readers.add(reply);
      if (readers.size() > MAX_READERS) {
        oldest = readers.remove(0);
      }
      waitingForRoom = false;
      boolean continues = after == null ? !incomplete : canContinue(after);
      if (after != null && continues) {
        read = after.offset();
      }
      reply.event(EMPTY, priming ? id(read) : null);
      incomplete = false;
      if (!continues) {
        everythingMayHaveChanged();
      }
      pump();
    } finally {
      lock.unlock();
    }
    reply.onClientGone(() -> left(reply));
    if (oldest != null) {
      oldest.end(replaced);
    }
  }

  private boolean canContinue(EventId after) {
    long first = kept.isEmpty() ? last + 1 : kept.peek().offset;
    return after.isNews()
        && after.epoch() == epoch
        && after.offset() <= last
        && after.offset() >= first - 1;
  }

  /** Nothing of which this node has never promised to tell. */
  private void everythingMayHaveChanged() {
    read = last;
    for (StreamsProtocol.Change change : StreamsProtocol.Change.values()) {
      if (change != StreamsProtocol.Change.RESOURCE && promised.test(change)) {
        keep(new StreamsProtocol.Announce(change, ""));
      }
    }
    for (String uri : subscriptions.apply(session)) {
      keep(new StreamsProtocol.Announce(StreamsProtocol.Change.RESOURCE, uri));
    }
  }

  private String id(long offset) {
    return new EventId(EventId.NEWS, epoch, offset, null).toString();
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
      keep(task, notification);
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
      keep(message, message);
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
    keep(
        change,
        Answers.buffer(MessageWriter.changed(ListenStream.method(change.change()), change.uri())));
  }

  /** What waits to be sent already is not kept twice. */
  private void keep(Object about, Buffer message) {
    for (News news : kept) {
      if (news.offset > read && news.about.equals(about)) {
        news.message = message;
        return;
      }
    }
    last++;
    kept.add(new News(last, about, message));
    if (kept.size() > MAX_KEPT) {
      News dropped = kept.remove();
      // Of a task nobody has to hear; of a change, whoever keeps what has changed.
      incomplete |= dropped.offset > read && dropped.about instanceof StreamsProtocol.Announce;
    }
  }

  private void pump() {
    while (!readers.isEmpty() && !waitingForRoom) {
      News next = next();
      if (next == null) {
        return;
      }
      read = next.offset;
      Reply to = readers.get(readers.size() - 1);
      Future<Void> room = to.event(next.message, id(read));
      if (!room.isComplete()) {
        waitingForRoom = true;
        room.onComplete(done -> goOn(to));
      }
    }
  }

  private @Nullable News next() {
    for (News news : kept) {
      if (news.offset > read) {
        return news;
      }
    }
    return null;
  }

  private void goOn(Reply to) {
    lock.lock();
    try {
      if (!readers.isEmpty() && readers.get(readers.size() - 1) == to) {
        waitingForRoom = false;
        pump();
      }
    } finally {
      lock.unlock();
    }
  }

  private void left(Reply reply) {
    lock.lock();
    try {
      boolean youngest = !readers.isEmpty() && readers.get(readers.size() - 1) == reply;
      readers.remove(reply);
      if (youngest) {
        waitingForRoom = false;
        pump();
      }
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
    List<Reply> all;
    lock.lock();
    try {
      all = List.copyOf(readers);
      readers.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(reply -> reply.fail(reason));
  }
}
