package io.mcpnode.http;

import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/** A client's connection and what it is busy with: one request at a time, or a WebSocket. */
final class ClientConnection {

  /** An event loop reads what the kernel has well within this. */
  private static final int SPARED_TICKS = 3_000 / Edge.TICK_MILLIS;

  private final HttpConnection http;
  private final Connections all;
  private final int opened;
  private @Nullable Ongoing ongoing;
  private int idleSince;
  private boolean toldToClose;
  private int spared;

  ClientConnection(HttpConnection http, Connections all) {
    this.http = http;
    this.all = all;
    this.opened = all.now();
    this.idleSince = opened;
  }

  void begin(Ongoing what) {
    ongoing = what;
    spared = 0;
  }

  /** A pipelined request may have begun already: then nothing happens. */
  void end(Ongoing what) {
    if (ongoing == what) {
      ongoing = null;
      idleSince = all.now();
      if (toldToClose) {
        closeAfterTheResponse();
      }
    }
  }

  /**
   * Whoever says {@code Connection: close} closes after the response (RFC 9112, 9.6): left open, it
   * could be closed later just when a client that did not listen sends on it.
   */
  private void closeAfterTheResponse() {
    Context context = Vertx.currentContext();
    if (context != null) {
      context.runOnContext(
          written -> {
            if (ongoing == null) {
              close();
            }
          });
    }
  }

  /** What it is busy with went on as something else. */
  void replace(Ongoing what, Ongoing by) {
    if (ongoing == what) {
      ongoing = by;
    }
  }

  /**
   * Whether the kernel has received something after the connection fell idle. If it was not read
   * yet, closing would cross a request on its way, which its client can't safely repeat. What has
   * been read and is still no request for some ticks is a head that drips, and spared no longer.
   *
   * @param millis clearly less than the time since the last request
   */
  boolean isSpared(int millis) {
    return hasReceived(millis) && spared++ < SPARED_TICKS;
  }

  private boolean hasReceived(int millis) {
    return http instanceof HttpServerConnection server
        && server.channelHandlerContext().channel() instanceof EpollSocketChannel channel
        && channel.isOpen()
        && channel.tcpInfo().lastDataRecv() < millis;
  }

  void toldToClose() {
    toldToClose = true;
  }

  void close() {
    http.close();
  }

  /** What arrives can't be read as HTTP; the connection is closed after this. */
  void failed(Throwable cause) {
    Ongoing what = ongoing;
    if (what != null) {
      what.failed(cause);
    }
  }

  void closed() {
    Ongoing what = ongoing;
    ongoing = null;
    all.forget(http);
    if (what != null) {
      what.gone();
    }
  }

  @Nullable Ongoing ongoing() {
    return ongoing;
  }

  int idleSince() {
    return idleSince;
  }

  int opened() {
    return opened;
  }

  boolean wasToldToClose() {
    return toldToClose;
  }

  int now() {
    return all.now();
  }
}
