package io.mcpnode.membership;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import java.net.ConnectException;
import java.time.Duration;
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

  private final NetClient client;

  DeathProbe(Vertx vertx) {
    client = vertx.createNetClient();
  }

  /** Completes within about that limit and never fails. */
  Future<Finding> probe(String host, int port, Duration limit) {
    return client
        .connect(
            new ConnectOptions()
                .setHost(host)
                .setPort(port)
                .setTimeout(Math.toIntExact(limit.toMillis())))
        .map(
            socket -> {
              socket.close();
              return Finding.LISTENING;
            })
        .otherwise(DeathProbe::finding);
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
