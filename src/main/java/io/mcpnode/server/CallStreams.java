package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of the calls on this node, and of those whose node was lost. A log is kept for a
 * minute after its end, less if there are too many.
 */
final class CallStreams {

  private static final Logger LOG = LoggerFactory.getLogger(CallStreams.class);
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);
  static final int MAX_ENDED = 2_000;
  static final long MAX_ENDED_BYTES = 64L << 20;

  /** A call of a client that understands it gets a stream after so long, to be resumable. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * @param entered what keeps the record from moving while the call runs
   */
  private record Recorded(@Nullable Hosted record, @Nullable Hosted entered, boolean ended) {}

  private record Ended(CallStream stream, long at, int bytes) {}

  private record Slow(ToolCall call, long since) {}

  private final Affinity affinity;
  private final Answers answers;
  private final Clock clock;
  private final Counter refused;
  private final ConcurrentHashMap<CallStream, Recorded> open = new ConcurrentHashMap<>();
  private final Set<Slow> running = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Ended> ended = new ArrayDeque<>();
  private long endedBytes;

  CallStreams(Affinity affinity, Answers answers, Clock clock, MeterRegistry meters) {
    this.affinity = affinity;
    this.answers = answers;
    this.clock = clock;
    refused = meters.counter("mcp.refused", "limit", "streams");
    Gauge.builder("mcp.streams", open, ConcurrentHashMap::size)
        .description("Streams of calls that run on this node")
        .strongReference(true)
        .register(meters);
  }

  long now() {
    return clock.nanos();
  }

  /** The end of a connection whose client reads elsewhere, or has read everything. */
  Answer replaced() {
    return answers.accepted();
  }

  /** Makes the log of a call that begins to stream. */
  CallStream begin(
      String session, RequestId request, String principal, Reply primary, boolean priming) {
    String key = affinity.newKey(Kind.STREAM);
    EventLog log = new EventLog(session, request.json(), priming);
    Contents empty = log.contents();
    CallStream stream = CallStream.begin(this, key, log, primary);
    open.put(stream, new Recorded(null, null, false));
    affinity
        .create(key, Kind.STREAM, principal, empty)
        .onComplete(
            record -> recorded(stream, record),
            problem -> {
              LOG.info("A stream can't be resumed: {}", problem.toString());
              refused.increment();
              open.computeIfPresent(stream, (s, r) -> null);
              stream.unrecorded();
            });
    return stream;
  }

  private void recorded(CallStream stream, Hosted record) {
    record.attachment(CallStream.class, () -> stream);
    record.onLost(lost -> stream.unrecorded());
    Recorded now =
        open.computeIfPresent(
            stream,
            (s, before) ->
                new Recorded(
                    record, before.ended() ? null : affinity.enter(s.key()), before.ended()));
    if (now == null) {
      end(stream, record);
    }
    stream.recorded(record);
  }

  /** Whether the log may still come to exist. */
  boolean isRecording(CallStream stream) {
    Recorded known = open.get(stream);
    return known != null && known.record() == null;
  }

  /** At the owner of a log: a client goes on reading. False if it is not of this session. */
  boolean attach(Hosted record, String session, EventId after, Reply reply) {
    EventLog log = EventLog.of(record.record().contents());
    if (log == null || !log.session().equals(session)) {
      return false;
    }
    record
        .attachment(CallStream.class, () -> CallStream.restored(this, record, log))
        .attach(reply, after);
    return true;
  }

  /** The call has its answer, or none: without, nobody will ask for its log. */
  void ended(CallStream stream, boolean answered) {
    Recorded left =
        open.computeIfPresent(
            stream,
            (s, recorded) -> {
              if (recorded.entered() != null) {
                recorded.entered().leave();
              }
              return new Recorded(recorded.record(), null, true);
            });
    if (left == null) {
      return;
    }
    int bytes = stream.bytes();
    lock.lock();
    try {
      ended.add(new Ended(stream, clock.nanos() - (answered ? 0 : KEPT_NANOS), bytes));
      endedBytes += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the call to become slow. */
  void watch(ToolCall call) {
    running.add(new Slow(call, clock.nanos()));
  }

  /** Called four times a second. */
  void tick() {
    long now = clock.nanos();
    running.removeIf(slow -> isNoLongerWatched(slow, now));
    open.keySet().forEach(stream -> stream.copyIfDue(now, false));
    due(now).forEach(this::forget);
  }

  private static boolean isNoLongerWatched(Slow slow, long now) {
    boolean isSlow = now - slow.since() >= SLOW_NANOS;
    if (isSlow) {
      try {
        slow.call().beginStream();
      } catch (RuntimeException e) {
        LOG.warn("A slow call gets no stream", e); // and the other calls get theirs
      }
    }
    return isSlow || slow.call().isEnded();
  }

  private List<Ended> due(long now) {
    List<Ended> due = new ArrayList<>();
    lock.lock();
    try {
      for (Ended first = ended.peek();
          first != null
              && (now - first.at() >= KEPT_NANOS
                  || ended.size() > MAX_ENDED
                  || endedBytes > MAX_ENDED_BYTES);
          first = ended.peek()) {
        ended.remove();
        endedBytes -= first.bytes();
        due.add(first);
      }
    } finally {
      lock.unlock();
    }
    return due;
  }

  private void forget(Ended done) {
    Recorded recorded = open.remove(done.stream());
    if (recorded != null && recorded.record() != null) {
      end(done.stream(), recorded.record());
    }
  }

  private void end(CallStream stream, Hosted record) {
    affinity
        .end(record)
        .onFailure(
            problem -> LOG.debug("{} expires by itself: {}", stream.key(), problem.toString()));
  }
}
