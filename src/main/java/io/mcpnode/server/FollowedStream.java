package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a client reads at this node, written by whoever owns what it reads. When the owner
 * is lost or another one takes over, it goes on there after the last event that was written; the
 * client does not notice.
 */
final class FollowedStream {

  /** Longer than any failover takes. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final RpcError NO_SUCH_STREAM =
      RpcError.of(
          RpcCode.BAD_REQUEST,
          "Last-Event-ID: of a stream that is no more (expected: the last id of one, or none)");

  /** What following needs. */
  record Parts(
      Affinity affinity,
      Affinity.Executor owner,
      Answers answers,
      Failures failures,
      Streams streams,
      Clock clock) {}

  private final Parts parts;
  private final ClientReply client;
  private final String key;
  private final String session;
  private final String principal;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable String last;
  private volatile boolean begun;
  private volatile boolean passing;
  private volatile boolean failing;
  private volatile long failingSince;
  private volatile @Nullable Attachment current;

  /**
   * @param key of what is read: the session, or the log of a call
   * @param last the id of the last event that the client has; null if it begins
   * @param begun something was written to the client already
   */
  FollowedStream(
      Parts parts,
      ClientReply client,
      String key,
      String session,
      String principal,
      @Nullable String last,
      boolean begun) {
    this.parts = parts;
    this.client = client;
    this.key = key;
    this.session = session;
    this.principal = principal;
    this.last = last;
    this.begun = begun;
  }

  void begin() {
    parts.streams().follow(this);
    client.onClientGone(
        () -> {
          ended.set(true);
          parts.streams().unfollow(this);
        });
    attach();
  }

  /**
   * On a node that leaves: the client is told where it stands, and comes back for the rest
   * elsewhere. Refused, it would take that for an error, and after two give up.
   */
  void pass() {
    passing = true;
    begin();
  }

  private void attach() {
    if (ended.get()) {
      return;
    }
    Request request =
        new Request(
            Request.Verb.STREAM,
            Buffer.buffer(session + "\n" + (last == null ? "" : last)),
            principal,
            null,
            false,
            true);
    Attachment attachment = new Attachment();
    current = attachment;
    Hosted here = parts.affinity().enter(key);
    if (here == null) {
      parts.affinity().dispatch(key, request, attachment);
      return;
    }
    try {
      parts.owner().execute(here, request, attachment);
    } finally {
      here.leave();
    }
  }

  /** This node leaves: the client reads on elsewhere. */
  void leave() {
    close(parts.answers().ended());
  }

  private void close(Answer answer) {
    if (ended.compareAndSet(false, true)) {
      parts.streams().unfollow(this);
      client.end(answer);
    }
  }

  private void failed(WireException reason) {
    if (reason.failure() == Failure.NOT_FOUND) {
      gone();
    } else if (!begun && (passing || reason.failure() == Failure.NO_QUORUM)) {
      close(answer(reason));
    } else if (isFailingForLong()) {
      close(begun ? parts.answers().ended() : answer(reason));
    } else {
      parts.streams().soon(this::attach);
    }
  }

  private boolean isFailingForLong() {
    if (!failing) {
      failing = true;
      failingSince = parts.clock().nanos();
    }
    return parts.clock().nanos() - failingSince > PATIENCE_NANOS;
  }

  private Answer answer(WireException reason) {
    return parts.failures().answer(Failures.reason(reason), null, Failures.Asked.WITHOUT_ANSWER);
  }

  /**
   * There is no such session, or no such log any more. The client of a call gets an honest end; a
   * session whose log alone is gone is never answered with 404, which would end it for its client.
   */
  private void gone() {
    EventId id = EventId.of(last);
    boolean ofCall = id != null && !id.isNews();
    RequestId request = id == null || id.isNews() ? null : id.request();
    if (request != null) {
      client.event(Answers.buffer(MessageWriter.error(request, Failures.historyLost())), null);
      close(parts.answers().ended());
    } else if (begun) {
      close(parts.answers().ended());
    } else if (ofCall) {
      close(parts.answers().error(HttpStatus.BAD_REQUEST, null, NO_SUCH_STREAM));
    } else {
      close(answer(new WireException(Failure.NOT_FOUND, "no such stream")));
    }
  }

  /** One try; what an earlier one still says is not heard. */
  private final class Attachment implements Reply {

    private volatile String executing = parts.answers().node();

    private boolean isCurrent() {
      return current == this && !ended.get();
    }

    @Override
    public void executing(String node) {
      executing = node;
    }

    @Override
    public Future<Void> event(Buffer message) {
      return event(message, null);
    }

    @Override
    public Future<Void> event(Buffer message, @Nullable String id) {
      if (!isCurrent()) {
        return Future.failedFuture(new WireException(Failure.NODE_DOWN, "read elsewhere"));
      }
      failing = false;
      if (message.length() == 0 && begun) {
        return Future.succeededFuture();
      }
      if (!begun) {
        begun = true;
        client.executing(executing);
      }
      if (id != null) {
        last = id;
      }
      Future<Void> written = client.event(message, id);
      written.onFailure(problem -> client.disconnect(CallStream.POLL_MILLIS));
      if (passing) {
        leave();
      }
      return written;
    }

    @Override
    public boolean resumable() {
      return client.resumable();
    }

    @Override
    public void disconnect(int retryMillis) {
      if (isCurrent()) {
        client.disconnect(retryMillis);
      }
    }

    @Override
    public void end(Answer answer) {
      if (isCurrent()) {
        close(begun ? parts.answers().ended() : answer);
      }
    }

    @Override
    public void fail(WireException reason) {
      if (isCurrent()) {
        failed(reason);
      }
    }

    @Override
    public void onClientGone(Runnable action) {
      client.onClientGone(action);
    }
  }
}
