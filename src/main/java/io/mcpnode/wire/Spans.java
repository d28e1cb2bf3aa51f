package io.mcpnode.wire;

import org.jspecify.annotations.Nullable;

/** Where traces begin on this node, or go on. Any thread. */
public interface Spans {

  /** Tracing is off. */
  Spans NONE =
      new Spans() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Span edge(@Nullable String traceparent) {
          return Span.NONE;
        }

        @Override
        public Span remote(Span.Hop hop, @Nullable String traceparent) {
          return Span.NONE;
        }

        @Override
        public Span operation(Span.Hop hop) {
          return Span.NONE;
        }
      };

  /** If not, there is no need to look for a trace context. */
  boolean isOn();

  /**
   * A request enters the cluster: the one place where it is decided whether it is recorded. A valid
   * trace context decides by its flag, else chance does.
   */
  Span edge(@Nullable String traceparent);

  /** What another node asks for, recorded if that node records it. */
  Span remote(Span.Hop hop, @Nullable String traceparent);

  /** Something that the cluster does of its own accord: recorded, unless there is much of it. */
  Span operation(Span.Hop hop);
}
