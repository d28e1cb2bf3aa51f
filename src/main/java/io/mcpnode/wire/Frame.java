package io.mcpnode.wire;

import org.jspecify.annotations.Nullable;

/**
 * What {@link BusRpc} puts on the event bus: a few numbers and, in most, a {@link Body}. The id of
 * a request is unique in the asker's incarnation; its low byte is the lane that waits for the
 * reply. Immutable: a local delivery passes the frame itself.
 */
sealed interface Frame {

  /**
   * @param sentMillis by the asker's monotonic clock
   * @param remainingMillis until the asker gives up, when it was sent
   */
  record Request(NodeId from, long id, long sentMillis, int remainingMillis, Body body)
      implements Frame {}

  /** A message that nobody answers. */
  record Tell(NodeId from, long sentMillis, Body body) implements Frame {}

  /** A further message to the handler of an open request. */
  record Further(NodeId from, long id, Body body) implements Frame {}

  /**
   * @param number of the event in its exchange, from 1
   */
  record Event(long id, int number, Body body) implements Frame {}

  /**
   * @param events how many came before
   */
  record Reply(long id, int events, Body body) implements Frame {}

  record Failed(long id, Failure failure, String message, @Nullable NodeId owner, long epoch)
      implements Frame {

    static Failed of(long id, WireException reason) {
      String message = reason.getMessage();
      return new Failed(
          id,
          reason.failure(),
          message == null ? reason.failure().name() : message,
          reason.owner(),
          reason.epoch());
    }

    WireException reason() {
      return failure == Failure.NOT_OWNER
          ? WireException.notOwner(owner, epoch)
          : new WireException(failure, message);
    }
  }

  /**
   * @param consumed events that the asker has handled since the request began
   */
  record Credit(NodeId from, long id, int consumed) implements Frame {}

  /**
   * Asks which of these requests the peer still has.
   *
   * @param lane that waits for the answer
   * @param consumed per request, as {@link Credit}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Audit(NodeId from, int lane, long[] ids, int[] consumed) implements Frame {}

  /**
   * @param sent per request, the events sent so far; -1: not known here
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Audited(long[] ids, int[] sent) implements Frame {}
}
