package io.mcpnode.http;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket, which all event loops share. Vert.x closes it only together with the
 * connections that have no request at that moment, and a client whose request is on its way would
 * see a reset; so it is closed here, alone, and the connections end by themselves.
 */
final class Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private volatile @Nullable Channel channel;

  /** A connection was accepted from it. */
  void seen(HttpConnection http) {
    if (channel == null && http instanceof HttpServerConnection connection) {
      channel = connection.channelHandlerContext().channel().parent();
    }
  }

  /** Completes when new connections are refused; at once if none was ever made. */
  Future<Void> close() {
    Channel listening = channel;
    if (listening == null) {
      return Future.succeededFuture();
    }
    ignoreAttempts(listening);
    AcceptQueue queue = new AcceptQueue();
    listening.pipeline().addFirst(queue);
    return queue.empty(listening).compose(emptied -> closed(listening));
  }

  private static Future<Void> closed(Channel listening) {
    Promise<Void> closed = Promise.promise();
    listening.close().addListener(done -> closed.tryComplete());
    return closed.future();
  }

  private static void ignoreAttempts(Channel listening) {
    try {
      if (!HandshakeFilter.attach(listening)) {
        LOG.debug("Whoever connects while the port closes may be reset: no epoll here");
      }
    } catch (RuntimeException e) {
      LOG.warn("Whoever connects while the port closes may be reset: {}", e.toString());
    }
  }
}
