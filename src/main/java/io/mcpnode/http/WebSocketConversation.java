package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.server.ClientRequest;
import io.mcpnode.server.McpService;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: a JSON-RPC message a text frame, both ways. It has the session that {@code
 * initialize} opened on it, or the one that the upgrade named.
 *
 * <p>When the socket closes, the session stays until its idle timeout: networks drop sockets
 * without anybody meaning it, and a node that drains closes them itself; the client comes back, to
 * any node, with its session id. A client that is done ends its session with HTTP DELETE.
 */
final class WebSocketConversation implements Ongoing {

  /** Messages being answered at once; the next ones wait in the socket. */
  static final int MAX_RUNNING = 128;

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConversation.class);
  private static final int PING_TICKS = 15_000 / Edge.TICK_MILLIS;
  private static final int DEAD_TICKS = 3 * PING_TICKS;
  private static final Buffer PING = Buffer.buffer("alive?");
  private static final Buffer INTERNAL_ERROR =
      Buffer.buffer(
          "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"internal error\"}}");

  private static final short GOING_AWAY = 1001;
  private static final short PROTOCOL_ERROR = 1002;
  private static final short UNSUPPORTED_DATA = 1003;
  private static final short MESSAGE_TOO_BIG = 1009;
  private static final short TRY_AGAIN_LATER = 1013;

  private final Loop loop;
  private final ClientConnection connection;
  private final ServerWebSocket socket;
  private final MultiMap headers;
  private final String principal;
  private final McpService mcp;
  private final Backlog backlog = new Backlog();
  private final Set<FrameReply> running = new LinkedHashSet<>();
  private @Nullable String sessionId;
  private @Nullable NewsReply news;
  private @Nullable Buffer partial;
  private int lastHeard;
  private int lastPing;
  private boolean paused;
  private boolean closing;

  WebSocketConversation(
      Loop loop,
      ClientConnection connection,
      ServerWebSocket socket,
      MultiMap headers,
      String principal,
      McpService mcp,
      @Nullable String sessionId) {
    this.loop = loop;
    this.connection = connection;
    this.socket = socket;
    this.headers = headers;
    this.principal = principal;
    this.mcp = mcp;
    this.sessionId = sessionId;
    this.lastHeard = connection.now();
    this.lastPing = lastHeard;
  }

  void begin() {
    connection.begin(this);
    socket.closeHandler(v -> connection.closed());
    socket.exceptionHandler(this::failed);
    socket.drainHandler(v -> backlog.drained());
    socket.pongHandler(pong -> lastHeard = connection.now());
    socket.frameHandler(this::frame);
    if (sessionId != null) {
      readNews();
    }
  }

  /** What a GET stream carries for other clients comes on the socket. */
  private void readNews() {
    NewsReply before = news;
    NewsReply reply = new NewsReply();
    news = reply;
    if (before != null) {
      before.clientGone();
    }
    mcp.stream(
        new ClientRequest(
            ClientRequest.Transport.WEBSOCKET, Buffer.buffer(), sessionId, headers, principal),
        reply);
  }

  private void frame(WebSocketFrame frame) {
    lastHeard = connection.now();
    if (closing || frame.isClose()) {
      return;
    }
    if (frame.isBinary()) {
      close(UNSUPPORTED_DATA, "binary frame (expected: JSON-RPC in text frames)");
    } else if (frame.isText() || frame.isContinuation()) {
      Buffer before = partial;
      Buffer data = frame.binaryData();
      if ((before == null ? 0 : before.length()) + data.length() > loop.edge.http.maxBodyBytes()) {
        tooBig();
      } else {
        Buffer message = before == null ? data : before.appendBuffer(data);
        partial = frame.isFinal() ? null : message;
        if (frame.isFinal()) {
          dispatch(message);
        }
      }
    }
  }

  private void dispatch(Buffer message) {
    FrameReply reply = new FrameReply();
    running.add(reply);
    if (running.size() >= MAX_RUNNING && !paused) {
      paused = true;
      socket.pause();
    }
    ClientRequest request =
        new ClientRequest(
            ClientRequest.Transport.WEBSOCKET, message, sessionId, headers, principal);
    try {
      mcp.message(request, reply);
    } catch (RuntimeException e) {
      loop.edge.meters.failures.increment();
      LOG.error("a WebSocket message failed", e);
      reply.endIfOpen(new Answer(500, INTERNAL_ERROR, "", null, 0));
    }
  }

  private Future<Void> write(Buffer message) {
    if (closing || !backlog.hasRoomFor(message.length())) {
      return Future.failedFuture(Backlog.overflow());
    }
    socket.writeTextMessage(message.toString(StandardCharsets.UTF_8));
    return backlog.add(message.length(), socket.writeQueueFull());
  }

  private void close(short code, String reason) {
    if (!closing) {
      closing = true;
      partial = null;
      socket.close(code, reason);
    }
  }

  private void tooBig() {
    loop.edge.meters.refused(413);
    close(
        MESSAGE_TOO_BIG,
        "message too large (expected: at most " + loop.edge.http.maxBodyBytes() + " bytes)");
  }

  /** The codec gives up on frames that are too large or broken, and closes after this. */
  @Override
  public void failed(Throwable cause) {
    if (cause instanceof io.netty.handler.codec.TooLongFrameException
        || (cause instanceof io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException
            && String.valueOf(cause.getMessage()).contains("length"))) {
      tooBig();
    } else if (cause
        instanceof io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException) {
      close(PROTOCOL_ERROR, "broken frame (expected: RFC 6455)");
    }
  }

  @Override
  public void gone() {
    closing = true;
    backlog.gone();
    List<FrameReply> left = new ArrayList<>(running);
    running.clear();
    left.forEach(LoopReply::clientGone);
    NewsReply reader = news;
    if (reader != null) {
      reader.clientGone();
    }
  }

  @Override
  public void tick(int now) {
    if (now - lastHeard >= DEAD_TICKS) {
      loop.edge.meters.connectionsIdle.increment();
      connection.close();
    } else if (now - lastPing >= PING_TICKS && !closing) {
      lastPing = now;
      socket.writePing(PING);
    }
  }

  @Override
  public int running() {
    return running.size();
  }

  @Override
  public void leave() {
    if (running.isEmpty()) {
      close(GOING_AWAY, "the node drains, connect to another one");
    }
  }

  /** What the client hears of without having asked; its end says nothing. */
  private final class NewsReply extends LoopReply {

    NewsReply() {
      super(WebSocketConversation.this.loop);
    }

    @Override
    Future<Void> write(Buffer message) {
      return WebSocketConversation.this.write(message);
    }

    @Override
    void finish(Answer answer) {
      LOG.debug("no more news for a socket: {}", answer.status());
    }

    @Override
    void release() {}
  }

  /** The answer to one message. */
  private final class FrameReply extends LoopReply {
    private @Nullable RequestId id;

    FrameReply() {
      super(WebSocketConversation.this.loop);
    }

    @Override
    public void named(RequestId name) {
      id = name;
    }

    @Override
    public boolean takeBack(RequestId name) {
      for (FrameReply other : running) {
        if (name.equals(other.id)) {
          other.clientGone();
          return true;
        }
      }
      return false;
    }

    @Override
    Future<Void> write(Buffer message) {
      Future<Void> written = WebSocketConversation.this.write(message);
      if (written.failed()) {
        loop.edge.meters.eventsOverLimit.increment();
      }
      return written;
    }

    /** An answer must not be lost: a client that does not read it loses the socket instead. */
    @Override
    void finish(Answer answer) {
      Buffer body = answer.body();
      String opened = answer.sessionId();
      if (opened != null) {
        sessionId = opened;
        body = body == null ? null : SessionNote.in(body, opened);
        loop.run(WebSocketConversation.this::readNews);
      }
      if (body != null && WebSocketConversation.this.write(body).failed()) {
        loop.edge.meters.framesOverLimit.increment();
        close(TRY_AGAIN_LATER, "answers are not read");
      }
    }

    @Override
    void release() {
      running.remove(this);
      if (paused && running.size() <= MAX_RUNNING / 2) {
        paused = false;
        socket.resume();
      }
    }
  }
}
