package io.mcpnode.membership;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a machine whether anything listens at a port. A refusal proves that the process is dead, as
 * far as no firewall between the nodes answers with a reset in its place.
 */
final class DeathProbe {

  enum Finding {
    LISTENING,
    /** The machine answers, and nothing listens there. */
    REFUSED,
    SILENT
  }

  /** Of a look at a member that has just gone, which others wait for. */
  static final Duration QUICK = Duration.ofMillis(150);

  /** Enough for a slow network. */
  static final Duration PATIENT = Duration.ofSeconds(1);

  /** What members of Hazelcast send to each other first: its binary protocol. */
  private static final String GREETING = "HZC";

  private final NetClient client;

  DeathProbe(Vertx vertx) {
    client = vertx.createNetClient();
  }

  /** Completes within about that limit and never fails. */
  Future<Finding> probe(String host, int port, Duration limit) {
    return client
        .connect(options(host, port, limit))
        .map(
            socket -> {
              socket.close();
              return Finding.LISTENING;
            })
        .otherwise(DeathProbe::finding);
  }

  /**
   * Like {@link #probe}, but a node counts as listening only if it returns Hazelcast's greeting:
   * one that is stopped still accepts connections, for the kernel does. Completes within about
   * twice that limit and never fails.
   */
  Future<Finding> greet(String host, int port, Duration limit) {
    return client
        .connect(options(host, port, limit))
        .compose(socket -> greeted(socket, limit))
        .otherwise(DeathProbe::finding);
  }

  private static Future<Finding> greeted(NetSocket socket, Duration limit) {
    Promise<Finding> answer = Promise.promise();
    socket.handler(greeting -> answer.tryComplete(Finding.LISTENING));
    socket.closeHandler(closed -> answer.tryComplete(Finding.SILENT));
    socket.write(GREETING);
    return answer
        .future()
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(Finding.SILENT)
        .onComplete(done -> socket.close());
  }

  private static ConnectOptions options(String host, int port, Duration limit) {
    return new ConnectOptions()
        .setHost(host)
        .setPort(port)
        .setTimeout(Math.toIntExact(limit.toMillis()));
  }

  private static Finding finding(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Netty's time-out is a ConnectException too.
      if (cause instanceof ConnectException && isRefusal(cause)) {
        return Finding.REFUSED;
      }
    }
    return Finding.SILENT;
  }

  private static boolean isRefusal(Throwable cause) {
    String message = cause.getMessage();
    return message != null && message.contains("refused");
  }
}
