package io.mcpnode.http.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the operator's routes: whoever knows the token; without a token, programs on this
 * machine. What a proxy on this machine forwards comes from elsewhere, so it needs a token.
 */
final class Access {

  private final byte[] token;

  Access(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** Lets the request on, or fails it with 401 or 403. */
  void operator(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (token.length > 0) {
      if (hasToken(request)) {
        context.next();
      } else {
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"mcp-node\"");
        context.fail(
            new OperatorError(
                401,
                "unauthorized",
                "admin.token is needed (expected: Authorization: Bearer ...)"));
      }
    } else if (isLocal(request)) {
      context.next();
    } else {
      context.fail(
          new OperatorError(
              403,
              "forbidden",
              "only programs on this machine are answered, without a proxy; set admin.token"
                  + " for others"));
    }
  }

  /** Of a page that holds no secrets: a browser can't send a token before it has asked for it. */
  void page(RoutingContext context) {
    if (token.length > 0) {
      context.next();
    } else {
      operator(context);
    }
  }

  /** As {@link #operator}, but a program on this machine needs no token. */
  void scraper(RoutingContext context) {
    if (isLocal(context.request())) {
      context.next();
    } else {
      operator(context);
    }
  }

  private boolean hasToken(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null
        && header.regionMatches(true, 0, "Bearer ", 0, 7)
        && MessageDigest.isEqual(
            header.substring(7).strip().getBytes(StandardCharsets.UTF_8), token);
  }

  private static boolean isLocal(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return isLoopback(peer == null ? null : peer.hostAddress())
        && !request.headers().contains("Forwarded")
        && !request.headers().contains("X-Forwarded-For");
  }

  static boolean isLoopback(@Nullable String address) {
    return address != null
        && (address.startsWith("127.")
            || address.startsWith("::ffff:127.")
            || address.equals("::1")
            || address.equals("0:0:0:0:0:0:0:1")
            || address.startsWith("0:0:0:0:0:0:0:1%"));
  }
}
