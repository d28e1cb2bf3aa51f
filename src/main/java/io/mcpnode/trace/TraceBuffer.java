package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.Collected;
import io.mcpnode.trace.TraceProtocol.Head;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.mcpnode.wire.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest traces of this node. Three limits: traces, spans of one trace, and spans of all
 * together; the oldest trace makes room. Any thread.
 */
final class TraceBuffer {

  /** One client could send all its calls within one trace. */
  static final int MAX_SPANS_PER_TRACE = 256;

  /** On average; a call that is forwarded and changes something has five on two nodes. */
  static final int SPANS_PER_TRACE = 16;

  private static final class Trace {
    final String id;
    final List<SpanRecord> spans = new ArrayList<>(4);
    int dropped;

    Trace(String id) {
      this.id = id;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Trace> traces = new HashMap<>();
  private final ArrayDeque<Trace> byAge = new ArrayDeque<>();
  private final int maxTraces;
  private final long maxSpans;
  private final TraceMeters meters;
  private long spans;

  TraceBuffer(int maxTraces, TraceMeters meters) {
    this.maxTraces = maxTraces;
    this.maxSpans = (long) maxTraces * SPANS_PER_TRACE;
    this.meters = meters;
    meters.traces(this::size);
  }

  int size() {
    lock.lock();
    try {
      return traces.size();
    } finally {
      lock.unlock();
    }
  }

  void add(SpanRecord span) {
    int evicted = 0;
    boolean dropped = false;
    lock.lock();
    try {
      Trace trace = traces.get(span.traceId());
      if (trace == null) {
        trace = new Trace(span.traceId());
        traces.put(trace.id, trace);
        byAge.addLast(trace);
      }
      if (trace.spans.size() >= MAX_SPANS_PER_TRACE) {
        trace.dropped++;
        dropped = true;
      } else {
        trace.spans.add(span);
        spans++;
      }
      while (byAge.size() > maxTraces || (spans > maxSpans && byAge.size() > 1)) {
        Trace oldest = byAge.removeFirst();
        traces.remove(oldest.id);
        spans -= oldest.spans.size();
        evicted++;
      }
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < evicted; i++) {
      meters.traceDropped();
    }
    if (dropped) {
      meters.spanDropped();
    }
  }

  /** Empty for a trace that is not known. */
  Collected collect(String traceId) {
    lock.lock();
    try {
      Trace trace = traces.get(traceId);
      return trace == null
          ? new Collected(List.of(), 0)
          : new Collected(List.copyOf(trace.spans), trace.dropped);
    } finally {
      lock.unlock();
    }
  }

  /** Newest first. */
  List<Head> heads(int limit) {
    List<List<SpanRecord>> newest = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Trace> traces = byAge.descendingIterator();
      while (traces.hasNext() && newest.size() < limit) {
        newest.add(List.copyOf(traces.next().spans));
      }
    } finally {
      lock.unlock();
    }
    return newest.stream().map(TraceBuffer::head).toList();
  }

  private static Head head(List<SpanRecord> spans) {
    SpanRecord first = spans.get(0);
    @Nullable SpanRecord root = null;
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    int errors = 0;
    for (SpanRecord span : spans) {
      if (isBeginning(span) && (root == null || span.startNanos() < root.startNanos())) {
        root = span;
      }
      start = Math.min(start, span.startNanos());
      end = Math.max(end, span.endNanos());
      errors += span.error() == null ? 0 : 1;
    }
    return new Head(
        first.traceId(),
        root == null ? null : root.name(),
        first.node(),
        start,
        end,
        spans.size(),
        errors);
  }

  /** Of a trace, or of its way through the cluster. */
  private static boolean isBeginning(SpanRecord span) {
    return span.parentId() == null || span.hop().equals(Span.Hop.EDGE.word());
  }
}
