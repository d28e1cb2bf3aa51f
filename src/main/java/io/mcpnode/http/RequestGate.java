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
    return origin == null || origins.of(origin) ? null : Refusal.ORIGIN;
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
