package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One task of which a client of 2026-07-28 hears, wherever it is owned. The owner is asked to tell
 * of the next change; how the task stands is fetched only when the client has room to read it, so a
 * slow client costs no memory, and gets the latest.
 */
final class FollowedTask {

  private static final long PAUSE_MILLIS = 1_000;

  private final TaskDoor door;
  private final String key;
  private final String requester;
  private final RequestId subscription;
  private final Notices notices;
  private volatile long version = -1;
  private volatile boolean ended;
  private volatile TaskDoor.@Nullable Persistence waiting;

  /**
   * @param subscription the id of the request that listens
   */
  FollowedTask(
      TaskDoor door, String key, String requester, RequestId subscription, Notices notices) {
    this.door = door;
    this.key = key;
    this.requester = requester;
    this.subscription = subscription;
    this.notices = notices;
  }

  String key() {
    return key;
  }

  /** Completes with false if the client has no such task; who can't say now says true. */
  Future<Boolean> exists() {
    return door.tellNow(key, new TaskAsk.Watch(version, false), requester)
        .map(news -> true)
        .otherwise(problem -> WireException.from(problem).failure() != Failure.NOT_FOUND);
  }

  /** From here on the client hears of it; first, how it stands now. */
  void begin() {
    notices.offer(this, this::state);
  }

  private Future<@Nullable Buffer> state() {
    return door.notice(key, new TaskAsk.Tell(subscription), requester)
        .map(this::told)
        .recover(this::notTold);
  }

  private @Nullable Buffer told(TaskNotice notice) {
    boolean known = notice.version() == version;
    version = notice.version();
    if (!notice.terminal()) {
      watch();
    }
    return known ? null : notice.message();
  }

  private Future<@Nullable Buffer> notTold(Throwable problem) {
    if (WireException.from(problem).failure() != Failure.NOT_FOUND) {
      door.after(PAUSE_MILLIS, this::watch);
    }
    return Future.succeededFuture(null);
  }

  private void watch() {
    if (ended) {
      return;
    }
    TaskDoor.Persistence next =
        door.persist(
            key, new TaskAsk.Watch(version, false), requester, news -> begin(), gone -> {});
    waiting = next;
    if (ended) {
      next.giveUp();
    }
  }

  /** The client does not listen any more. */
  void end() {
    ended = true;
    TaskDoor.Persistence open = waiting;
    if (open != null) {
      open.giveUp();
    }
  }
}
