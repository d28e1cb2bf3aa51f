package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the owner of a task, wherever it is. All that is asked there may be asked twice, so an
 * owner that is lost on the way is asked again, which is then another one.
 */
final class TaskDoor {

  private static final Logger LOG = LoggerFactory.getLogger(TaskDoor.class);
  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long SHORTEST_WAIT_MILLIS = 200;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final Affinity affinity;
  private final Loop loop;

  TaskDoor(Affinity affinity, Loop loop) {
    this.affinity = affinity;
    this.loop = loop;
  }

  /** Fails the reply with {@code NOT_FOUND} for what can't be a task. */
  void send(String key, TaskAsk ask, String requester, Reply reply) {
    send(key, ask, requester, reply, 1);
  }

  private void send(String key, TaskAsk ask, String requester, Reply reply, int tried) {
    if (!Kind.TASK.names(key) || !Keys.plausible(key)) {
      reply.fail(Keys.notFound());
      return;
    }
    // A cancellation that is repeated must say so: cancelling twice is a mistake in 2025-11-25.
    boolean repeatable = !(ask instanceof TaskAsk.Cancel);
    affinity.dispatch(
        key,
        new Request(Request.Verb.TASK, ask.encode(), requester, null, repeatable),
        new Attempt(key, ask, requester, reply, tried));
  }

  /** Asks how the task stands. Fails with a {@link WireException}. */
  Future<TaskNews> tell(String key, TaskAsk ask, String requester) {
    return ask(key, ask, requester).answer().map(answer -> TaskNews.decode(body(key, answer)));
  }

  /** As {@link #tell}, but an owner that is lost on the way is not asked again. */
  Future<TaskNews> tellNow(String key, TaskAsk ask, String requester) {
    return askNow(key, ask, requester).map(answer -> TaskNews.decode(body(key, answer)));
  }

  /** As {@link #tellNow}, for a client that listens. */
  Future<TaskNotice> notice(String key, TaskAsk.Tell ask, String requester) {
    return askNow(key, ask, requester).map(answer -> TaskNotice.decode(body(key, answer)));
  }

  private Future<Answer> askNow(String key, TaskAsk ask, String requester) {
    Awaited awaited = new Awaited();
    send(key, ask, requester, awaited, TRIES);
    return awaited.answer();
  }

  private Awaited ask(String key, TaskAsk ask, String requester) {
    Awaited awaited = new Awaited();
    send(key, ask, requester, awaited, 1);
    return awaited;
  }

  private static Buffer body(String key, Answer answer) {
    Buffer body = answer.body();
    if (body == null) {
      throw new WireException(Failure.INTERNAL, "no news of " + key);
    }
    return body;
  }

  /**
   * Asks the owner until it has answered, whatever happens to nodes meanwhile.
   *
   * @param gone the task is no more, or this node has been stopped
   */
  Persistence persist(
      String key,
      TaskAsk ask,
      String requester,
      Consumer<TaskNews> answered,
      Consumer<WireException> gone) {
    Persistence persistence = new Persistence(key, ask, requester, answered, gone);
    persistence.attempt();
    return persistence;
  }

  void after(long millis, Runnable action) {
    loop.after(millis, action);
  }

  /** One that asks until it has an answer, or gives up. */
  final class Persistence {
    private final String key;
    private final TaskAsk ask;
    private final String requester;
    private final Consumer<TaskNews> answered;
    private final Consumer<WireException> gone;
    private long pause = SHORTEST_WAIT_MILLIS;
    private volatile @Nullable Awaited open;
    private volatile boolean givenUp;

    private Persistence(
        String key,
        TaskAsk ask,
        String requester,
        Consumer<TaskNews> answered,
        Consumer<WireException> gone) {
      this.key = key;
      this.ask = ask;
      this.requester = requester;
      this.answered = answered;
      this.gone = gone;
    }

    private void attempt() {
      if (givenUp) {
        return;
      }
      Awaited next = ask(key, ask, requester);
      open = next;
      if (givenUp) {
        next.giveUp();
      }
      next.answer()
          .map(answer -> TaskNews.decode(body(key, answer)))
          .onComplete(this::heard, this::failed);
    }

    private void heard(TaskNews news) {
      if (!givenUp) {
        answered.accept(news);
      }
    }

    private void failed(Throwable problem) {
      WireException reason = WireException.from(problem);
      if (givenUp) {
        return;
      }
      if (reason.failure() == Failure.NOT_FOUND || reason.failure() == Failure.INVALID) {
        gone.accept(reason);
        return;
      }
      LOG.debug("{}: the owner will be asked again: {}", key, reason.toString());
      long now = pause;
      pause = Math.min(LONGEST_WAIT_MILLIS, 2 * now);
      loop.after(now, this::attempt);
    }

    /** Neither {@code answered} nor {@code gone} is called after this. */
    void giveUp() {
      givenUp = true;
      Awaited asked = open;
      if (asked != null) {
        asked.giveUp();
      }
    }
  }

  /** One try; the next one follows if the owner was lost. */
  private final class Attempt implements RelayedReply {
    private final String key;
    private final TaskAsk ask;
    private final String requester;
    private final Reply reply;
    private final int tried;

    Attempt(String key, TaskAsk ask, String requester, Reply reply, int tried) {
      this.key = key;
      this.ask = ask;
      this.requester = requester;
      this.reply = reply;
      this.tried = tried;
    }

    @Override
    public Reply reply() {
      return reply;
    }

    @Override
    public void fail(WireException reason) {
      if (tried < TRIES && lost(reason.failure())) {
        loop.after(
            FIRST_PAUSE_MILLIS << (tried - 1),
            () -> send(key, again(), requester, reply, tried + 1));
      } else {
        reply.fail(reason);
      }
    }

    private TaskAsk again() {
      return ask instanceof TaskAsk.Cancel cancel
          ? new TaskAsk.Cancel(cancel.id(), cancel.modern(), true)
          : ask;
    }

    private static boolean lost(Failure failure) {
      return failure == Failure.INDETERMINATE
          || failure == Failure.STALE_EPOCH
          || failure == Failure.NODE_DOWN
          || failure == Failure.LATE
          || failure == Failure.NOT_OWNER;
    }
  }
}
