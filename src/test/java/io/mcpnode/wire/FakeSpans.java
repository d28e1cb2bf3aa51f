package io.mcpnode.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records everything while it is on, in the order of its beginning. */
public final class FakeSpans implements Spans {

  public volatile boolean on;
  public final List<FakeSpan> begun = new CopyOnWriteArrayList<>();

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public Span edge(String traceparent) {
    return begin(Span.Hop.EDGE, traceparent);
  }

  @Override
  public Span remote(Span.Hop hop, String traceparent) {
    return begin(hop, traceparent);
  }

  @Override
  public Span operation(Span.Hop hop) {
    return begin(hop, null);
  }

  private FakeSpan begin(Span.Hop hop, String parent) {
    FakeSpan span = new FakeSpan(hop, parent);
    begun.add(span);
    return span;
  }

  public FakeSpan only(Span.Hop hop) {
    List<FakeSpan> found = begun.stream().filter(span -> span.hop == hop).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " spans of " + hop + " in " + begun);
    }
    return found.get(0);
  }

  /** A span of this fake; its trace context is its hop and the number of spans before it. */
  public final class FakeSpan implements Span {
    public final Hop hop;
    public final String parent;
    public final String traceparent;
    public final Map<String, Object> said = new TreeMap<>();
    public volatile String name = "";
    public volatile String error;
    public volatile int ended;

    FakeSpan(Hop hop, String parent) {
      this.hop = hop;
      this.parent = parent;
      this.traceparent = hop.word() + "-" + begun.size();
    }

    @Override
    public boolean isRecorded() {
      return true;
    }

    @Override
    public String traceparent() {
      return traceparent;
    }

    @Override
    public Span child(Hop hop) {
      return begin(hop, traceparent);
    }

    @Override
    public Span name(String name) {
      this.name = name;
      return this;
    }

    @Override
    public Span with(String key, String value) {
      said.put(key, value);
      return this;
    }

    @Override
    public Span with(String key, long value) {
      said.put(key, value);
      return this;
    }

    @Override
    public void error(String type) {
      error = type;
    }

    @Override
    public void end() {
      ended = ended + 1;
    }

    @Override
    public String toString() {
      return hop + " " + name + " " + said + (error == null ? "" : " " + error);
    }
  }
}
