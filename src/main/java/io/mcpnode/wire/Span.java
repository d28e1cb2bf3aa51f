package io.mcpnode.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a trace that has begun, for those who do the work; who records it is not their concern.
 * Of most requests nothing is recorded: then every method does nothing and allocates nothing. Any
 * thread.
 */
public interface Span {

  /** What a span stands for on the way of a request. */
  enum Hop {
    /** A client's request, at the node it reached. */
    EDGE,
    /** The search for the owner of the state, until it has answered. */
    ROUTE,
    /** One try to have another node execute the request. */
    FORWARD,
    /** A forwarded request, at the node it was forwarded to. */
    SERVE,
    /** A tool runs. */
    EXECUTE,
    /** The answer waits for the copies of what was changed. */
    REPLICATE,
    /** A record moves to another node. */
    MIGRATE,
    /** A node takes over what a lost one owned. */
    FAILOVER;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
      return word;
    }
  }

  /** Nothing is recorded, and there is no trace. */
  Span NONE =
      new Span() {
        @Override
        public boolean isRecorded() {
          return false;
        }

        @Override
        public @Nullable String traceparent() {
          return null;
        }

        @Override
        public Span child(Hop hop) {
          return this;
        }

        @Override
        public Span name(String name) {
          return this;
        }

        @Override
        public Span with(String key, String value) {
          return this;
        }

        @Override
        public Span with(String key, long value) {
          return this;
        }

        @Override
        public void error(String type) {}

        @Override
        public void end() {}
      };

  /** Ask this before working out what only a recorded span needs. */
  boolean isRecorded();

  /** What whoever is called from here gets to know; null: there is no trace. */
  @Nullable String traceparent();

  /** A part of this span that begins now. */
  Span child(Hop hop);

  Span name(String name);

  Span with(String key, String value);

  Span with(String key, long value);

  /**
   * It did not go well; it still has to be ended.
   *
   * @param type of few values, such as {@code timeout}
   */
  void error(String type);

  /** Once; what is said afterwards is lost. */
  void end();

  /** Ends it as failed. */
  default void fail(WireException reason) {
    error(reason.failure().name().toLowerCase(Locale.ROOT));
    end();
  }
}
