package io.mcpnode.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;

/**
 * Watches a listening socket accept. Its looks are on the event loop that accepts: between two of
 * them that loop takes what is there, however busy the machine is.
 */
final class AcceptQueue extends ChannelInboundHandlerAdapter {

  private static final long LOOK_MILLIS = 25;
  private static final int MAX_LOOKS = 80;

  // Only on the event loop.
  private int accepted;

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    accepted++;
    context.fireChannelRead(connection);
  }

  /** Completes when nothing was accepted for two looks, after two seconds in any case. */
  Future<Void> empty(Channel listening) {
    Promise<Void> empty = Promise.promise();
    later(listening, () -> look(listening, -1, 0, empty));
    return empty.future();
  }

  private void look(Channel listening, int before, int looks, Promise<Void> empty) {
    int now = accepted;
    if (now == before || looks == MAX_LOOKS) {
      empty.complete();
    } else {
      later(listening, () -> look(listening, now, looks + 1, empty));
    }
  }

  private static void later(Channel listening, Runnable look) {
    listening.eventLoop().schedule(look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }
}
