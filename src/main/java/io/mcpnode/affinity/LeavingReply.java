package io.mcpnode.affinity;

import io.mcpnode.wire.WireException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Leaves the record when the answer is given, or earlier if the request detaches from it or parks;
 * a parked request follows its record to the next owner.
 */
final class LeavingReply extends PassingReply {

  private enum Stage {
    INSIDE,
    DETACHED,
    PARKED,
    DONE
  }

  private final HostedRecord hosted;
  private final Runnable again;
  private final Consumer<WireException> follow = this::follow;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.INSIDE);

  /**
   * @param again looks for the record anew and executes the request there
   */
  LeavingReply(Reply reply, HostedRecord hosted, Runnable again) {
    super(reply);
    this.hosted = hosted;
    this.again = again;
  }

  @Override
  public void park() {
    if (stage.compareAndSet(Stage.INSIDE, Stage.PARKED)) {
      hosted.leave();
      hosted.onLost(follow);
    }
  }

  private void follow(WireException reason) {
    if (stage.compareAndSet(Stage.PARKED, Stage.DONE)) {
      again.run();
    }
  }

  @Override
  public void detach() {
    if (stage.compareAndSet(Stage.INSIDE, Stage.DETACHED)) {
      hosted.leave();
    }
  }

  @Override
  public void end(Answer answer) {
    if (done()) {
      reply.end(answer);
    }
  }

  @Override
  public void fail(WireException reason) {
    if (done()) {
      reply.fail(reason);
    }
  }

  /** False if a parked request was executed elsewhere meanwhile: this answer is void. */
  private boolean done() {
    Stage before = stage.getAndSet(Stage.DONE);
    if (before == Stage.INSIDE) {
      hosted.leave();
    } else if (before == Stage.PARKED) {
      hosted.forgetLossAction(follow);
    }
    return before != Stage.DONE;
  }

  @Override
  public void onClientGone(Runnable action) {
    reply.onClientGone(
        () -> {
          // Whoever executes may still end what was parked; it does not follow the record any more.
          if (stage.compareAndSet(Stage.PARKED, Stage.DETACHED)) {
            hosted.forgetLossAction(follow);
          }
          action.run();
        });
  }
}
