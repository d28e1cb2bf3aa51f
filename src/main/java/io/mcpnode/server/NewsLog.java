package io.mcpnode.server;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The last news for one session, bounded in number, and which of its streams each was given to. A
 * stream that is resumed gets again what it was given and has not seen, and nothing of another one
 * (2025-11-25, transports, "Resumability and Redelivery"). Not safe for several threads.
 */
final class NewsLog {

  static final int MAX_KEPT = 64;

  /** No stream has it yet. The first one is 1. */
  private static final long NOBODY = 0;

  /** Something that is to be said, in its latest words. */
  static final class News {
    private final long offset;
    private final Object about;
    private Buffer message;
    private long stream = NOBODY;
    private boolean sent;

    private News(long offset, Object about, Buffer message) {
      this.offset = offset;
      this.about = about;
      this.message = message;
    }

    /** From 1 on, without gaps over all streams. */
    long offset() {
      return offset;
    }

    Buffer message() {
      return message;
    }
  }

  private final ArrayDeque<News> kept = new ArrayDeque<>();
  private long last;
  private long given;
  private boolean incomplete;

  /** What waits for a stream already is not kept twice. */
  void keep(Object about, Buffer message) {
    for (News news : kept) {
      if (news.stream == NOBODY && news.about.equals(about)) {
        news.message = message;
        return;
      }
    }
    last++;
    kept.add(new News(last, about, message));
    if (kept.size() > MAX_KEPT) {
      News dropped = kept.remove();
      // Of a task nobody has to hear; of a change, whoever keeps what has changed.
      incomplete |= !dropped.sent && dropped.about instanceof StreamsProtocol.Announce;
    }
  }

  /**
   * What a stream is to send next, which counts as sent from then on; null if nothing.
   *
   * @param takes it is the one that gets what no stream has yet
   */
  @Nullable News next(long stream, boolean takes) {
    for (News news : kept) {
      boolean its = news.stream == stream && !news.sent;
      if (its || (takes && news.stream == NOBODY)) {
        news.stream = stream;
        news.sent = true;
        given = Math.max(given, news.offset);
        return news;
      }
    }
    return null;
  }

  /** The stream that was given this is gone before it had it: another one gets it, as the last. */
  void giveBack(News unsent) {
    if (kept.remove(unsent)) {
      keep(unsent.about, unsent.message);
    }
  }

  /**
   * A stream goes on after an event: the rest of what it was given is to be sent again. False if
   * some of that may be no longer there.
   */
  boolean rewind(long stream, long after) {
    for (News news : kept) {
      if (news.stream == stream && news.offset > after) {
        news.sent = false;
      }
    }
    News first = kept.peek();
    return after >= (first == null ? last : first.offset - 1);
  }

  /** Changes that nobody was told of were dropped since this was asked last. */
  boolean takeIncomplete() {
    boolean was = incomplete;
    incomplete = false;
    return was;
  }

  /** The greatest offset that a stream has been given. */
  long given() {
    return given;
  }
}
