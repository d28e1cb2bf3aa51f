package io.mcpnode.server;

import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.Contents;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of one stream, bounded in number and bytes: the oldest go first, and the answer
 * never. Not safe for several threads.
 */
final class EventLog {

  static final int MAX_EVENTS = 256;
  static final int MAX_BYTES = 128 * 1024;

  private static final String SESSION = "session";
  private static final String REQUEST = "request";
  private static final String PRIMES = "primes";
  private static final String ENDED = "ended";
  private static final String WITH_ANSWER = "answer";
  private static final String EVENT = "@";

  /**
   * A message.
   *
   * @param message empty: it only gives the client an id
   */
  record Event(long epoch, long offset, Buffer message) {
    /** Events of a later owner come after all of an earlier one. */
    boolean isAfter(long otherEpoch, long otherOffset) {
      return epoch == otherEpoch ? offset > otherOffset : epoch > otherEpoch;
    }
  }

  private final String session;
  private final String request;
  private final boolean primes;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long epoch;
  private long last;
  private int bytes;
  private boolean ended;
  private @Nullable Event answer;

  /**
   * @param request the JSON-RPC id of the call, as JSON
   * @param primes the client knows events that only give it an id
   */
  EventLog(String session, String request, boolean primes) {
    this.session = session;
    this.request = request;
    this.primes = primes;
  }

  /** As another node left it; null if it is no log. */
  static @Nullable EventLog of(Contents contents) {
    String session = contents.values().get(SESSION);
    String request = contents.values().get(REQUEST);
    if (session == null || request == null) {
      return null;
    }
    EventLog log = new EventLog(session, request, contents.values().containsKey(PRIMES));
    new TreeMap<>(contents.values())
        .forEach(
            (key, value) -> {
              if (key.startsWith(EVENT)) {
                String[] parts = key.substring(EVENT.length()).split("\\.", 2);
                log.epoch = Long.parseLong(parts[0]);
                log.last = Long.parseLong(parts[1]);
                Event event = new Event(log.epoch, log.last, Buffer.buffer(value));
                log.events.add(event);
                log.bytes += event.message().length();
              }
            });
    String end = contents.values().get(ENDED);
    log.ended = end != null;
    log.answer = WITH_ANSWER.equals(end) ? log.events.peekLast() : null;
    return log;
  }

  String session() {
    return session;
  }

  String request() {
    return request;
  }

  boolean primes() {
    return primes;
  }

  /** Nothing follows the last event. */
  boolean ended() {
    return ended;
  }

  /** The last event if it is the answer, null while there is none. */
  @Nullable Event answer() {
    return answer;
  }

  int bytes() {
    return bytes;
  }

  /** Of the owner of this epoch, whose offsets begin at 1. */
  void add(Buffer message, long ofEpoch) {
    last = ofEpoch == epoch ? last + 1 : 1;
    epoch = ofEpoch;
    events.add(new Event(epoch, last, message));
    bytes += message.length();
    while (events.size() > 1 && (events.size() > MAX_EVENTS || bytes > MAX_BYTES)) {
      bytes -= events.remove().message().length();
    }
  }

  /**
   * Adds the answer, after which nothing comes.
   *
   * @param message null: there is none, such as after a cancellation
   */
  void end(@Nullable Buffer message, long ofEpoch) {
    if (message != null) {
      add(message, ofEpoch);
      answer = events.peekLast();
    }
    ended = true;
  }

  /** The first event after this one; null if there is none yet. */
  @Nullable Event after(long ofEpoch, long offset) {
    for (Event event : events) {
      if (event.isAfter(ofEpoch, offset)) {
        return event;
      }
    }
    return null;
  }

  /** As it is copied. */
  Contents contents() {
    Map<String, String> values = new HashMap<>();
    values.put(SESSION, session);
    values.put(REQUEST, request);
    if (primes) {
      values.put(PRIMES, "true");
    }
    if (ended) {
      values.put(ENDED, answer == null ? "without" : WITH_ANSWER);
    }
    for (Event event : events) {
      // Of fixed length, so that their order is that of the offsets.
      values.put(
          String.format("%s%08d.%012d", EVENT, event.epoch(), event.offset()),
          kept(event).toString(StandardCharsets.UTF_8));
    }
    return new Contents(null, null, values);
  }

  /** An answer that is too large for a copy is told from one that is lost. */
  private Buffer kept(Event event) {
    return event.message().length() > MAX_BYTES && event.equals(answer)
        ? Answers.buffer(
            MessageWriter.error(new RequestId(request), Failures.notKept(event.message().length())))
        : event.message();
  }
}
