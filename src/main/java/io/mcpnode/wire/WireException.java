package io.mcpnode.wire;

import org.jspecify.annotations.Nullable;

/** A request between nodes that failed, with the reason that tells what may be done next. */
public final class WireException extends RuntimeException {

  private final Failure failure;
  private final @Nullable NodeId owner;
  private final long epoch;

  public WireException(Failure failure, String message) {
    this(failure, message, null, 0);
  }

  private WireException(Failure failure, String message, @Nullable NodeId owner, long epoch) {
    super(message, null, false, false);
    this.failure = failure;
    this.owner = owner;
    this.epoch = epoch;
  }

  /** The refusal of a node that does not own the record, naming who does, as far as it knows. */
  public static WireException notOwner(@Nullable NodeId owner, long epoch) {
    return new WireException(
        Failure.NOT_OWNER, "owned by " + owner + " at epoch " + epoch, owner, epoch);
  }

  /** What a future of ours failed with; anything that is not a WireException is a bug of ours. */
  public static WireException from(Throwable problem) {
    return problem instanceof WireException wire
        ? wire
        : new WireException(Failure.INTERNAL, String.valueOf(problem));
  }

  public Failure failure() {
    return failure;
  }

  /** The owner, with {@link Failure#NOT_OWNER} where it is known. */
  public @Nullable NodeId owner() {
    return owner;
  }

  /** The epoch of {@link #owner}. */
  public long epoch() {
    return epoch;
  }
}
