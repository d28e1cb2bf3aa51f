package io.mcpnode.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the headers of every request, and of a POST. Owned by one event loop: in the
 * usual case each header costs a look-up and one comparison with the value of the request before.
 */
final class RequestGate {

  private final Verdicts<Boolean> hosts;
  private final Verdicts<Boolean> origins;
  private final Verdicts<Boolean> contentTypes = new Verdicts<>(MediaTypes::isJson);
  private final Verdicts<Boolean> accepts = new Verdicts<>(MediaTypes::acceptsBoth);

  RequestGate(HostRule hosts, OriginRule origins) {
    this.hosts = new Verdicts<>(hosts::allows);
    this.origins = new Verdicts<>(origins::allows);
  }

  /** Whoever asks, whatever for. Null: come in. */
  @Nullable Refusal enter(HttpServerRequest request, MultiMap headers, @Nullable String origin) {
    List<String> host = headers.getAll(Headers.HOST);
    if (host.size() != 1) {
      if (!host.isEmpty() || request.version() != HttpVersion.HTTP_1_0) {
        return Refusal.NO_HOST; // RFC 9112 section 3.2
      }
    } else if (!hosts.of(host.get(0))) {
      return Refusal.HOST;
    }
    if (origin != null && !origins.of(origin)) {
      return Refusal.ORIGIN;
    }
    return ambiguous(headers);
  }

  /** What may be there several times only if it says the same each time. */
  private static @Nullable Refusal ambiguous(MultiMap headers) {
    if (differ(headers.getAll(Headers.MCP_SESSION_ID))) {
      return Refusal.SESSIONS;
    }
    if (differ(headers.getAll(Headers.AUTHORIZATION))) {
      return Refusal.CREDENTIALS;
    }
    return differ(headers.getAll(Headers.ORIGIN)) ? Refusal.ORIGINS : null;
  }

  /** A proxy in front may read another one than this node (RFC 9110, 5.3). */
  private static boolean differ(List<String> values) {
    for (int i = 1; i < values.size(); i++) {
      if (!values.get(i).equals(values.get(0))) {
        return true;
      }
    }
    return false;
  }

  /** A message that is posted. Null: read it. */
  @Nullable Refusal post(MultiMap headers) {
    String contentType = headers.get(Headers.CONTENT_TYPE);
    if (contentType == null || !contentTypes.of(contentType)) {
      return Refusal.CONTENT_TYPE;
    }
    String accept = headers.get(Headers.ACCEPT);
    if (accept != null
        && !accepts.of(accept)
        && !accepts.of(String.join(",", headers.getAll(Headers.ACCEPT)))) {
      return Refusal.ACCEPT;
    }
    String encoding = headers.get(Headers.CONTENT_ENCODING);
    return encoding == null || encoding.equalsIgnoreCase("identity")
        ? null
        : Refusal.CONTENT_ENCODING;
  }
}
