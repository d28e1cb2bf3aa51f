package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.state.Contents;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * When the log of a stream is copied to its record: from time to time, and at once when it ends;
 * one copy at a time. Under the lock of its stream.
 */
final class LogCopies {

  /** Changes of the log are copied at most this often, the answer at once. */
  private static final long EVERY_NANOS = 50_000_000;

  private @Nullable Hosted record;
  private boolean dirty;
  private boolean copying;
  private long copiedAt;

  /**
   * What is to be copied.
   *
   * @param last it has the answer
   */
  record Copy(Hosted to, Contents contents, boolean last) {

    /** Completes when all copies exist. Not under the lock. */
    Future<Void> make() {
      try {
        return to.copied(to.change(before -> contents).version());
      } catch (WireException e) {
        return Future.failedFuture(e);
      }
    }
  }

  /** Null: there is none, or none any more. */
  void recordIs(@Nullable Hosted hosted) {
    record = hosted;
  }

  boolean hasRecord() {
    return record != null;
  }

  /** The log is another one than its copies. */
  void changed() {
    dirty = true;
  }

  /** What is to be copied now, and {@link #done} then; null if nothing. */
  @Nullable Copy due(EventLog log, long now, boolean atOnce) {
    Hosted to = record;
    boolean last = log.ended();
    if (to == null || copying || !dirty || (!atOnce && !last && now - copiedAt < EVERY_NANOS)) {
      return null;
    }
    copying = true;
    dirty = false;
    copiedAt = now;
    return new Copy(to, log.contents(), last);
  }

  void done() {
    copying = false;
  }
}
