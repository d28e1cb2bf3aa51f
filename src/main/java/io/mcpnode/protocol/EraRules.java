package io.mcpnode.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Tells the eras apart, body first: a request that carries the envelope of 2026-07-28 is served
 * without a session, {@code initialize} opens one, and the header is only a cross-check
 * (2026-07-28, versioning, dual-era servers).
 */
public final class EraRules {

  private EraRules() {}

  /**
   * What to do with a verb that brings no message.
   *
   * @param verb an HTTP method other than POST
   * @param sessionId that the request names; null if none
   */
  public static Decision decide(String verb, @Nullable String sessionId, Headers headers) {
    boolean ofSessions = verb.equals("GET") || verb.equals("DELETE");
    if (!ofSessions || namesModern(headers)) {
      return new Decision.Refused(
          HttpStatus.METHOD_NOT_ALLOWED,
          null,
          RpcError.of(
              namesModern(headers) ? RpcCode.INVALID_REQUEST : RpcCode.BAD_REQUEST,
              verb + ": not allowed here (expected: POST)"));
    }
    if (sessionId == null) {
      return sessionMissing(null);
    }
    Decision.Refused refused = sessionVersion(headers, null);
    return refused == null ? new Decision.SessionVerb() : refused;
  }

  /**
   * What to do with a message.
   *
   * @param headers of the request; null on a transport whose messages have none
   */
  public static Decision decide(Message message, @Nullable Headers headers) {
    if (message instanceof Message.Request request) {
      return request(request, headers);
    }
    if (message instanceof Message.Notification notification) {
      return notification(notification, headers);
    }
    if (message instanceof Message.Invalid invalid) {
      return new Decision.Refused(HttpStatus.BAD_REQUEST, invalid.id(), invalid.error());
    }
    if (message instanceof Message.Batch batch) {
      return batch(batch, headers);
    }
    if (headers != null && namesModern(headers)) {
      return Decision.Refused.badRequest(
          null,
          RpcCode.INVALID_REQUEST,
          "a response, where servers ask nothing (expected: a request or a notification)");
    }
    return legacy(message, headers, null);
  }

  private static Decision request(Message.Request request, @Nullable Headers headers) {
    if (request.params().meta().claimsModern()) {
      Decision.Refused refused = ModernRules.check(request, headers);
      return refused == null ? new Decision.Modern(request) : refused;
    }
    if (headers != null && namesModern(headers)) {
      return Decision.Refused.badRequest(
          request.id(),
          RpcCode.INVALID_PARAMS,
          "params._meta[\"io.modelcontextprotocol/protocolVersion\"]: missing (expected: the"
              + " revision that the header names)");
    }
    if (request.method().equals(Methods.INITIALIZE)) {
      return new Decision.Initialize(request);
    }
    return legacy(request, headers, request.id());
  }

  private static Decision notification(
      Message.Notification notification, @Nullable Headers headers) {
    if (notification.params().meta().claimsModern()) {
      Decision.Refused refused = ModernRules.version(null, notification.params().meta(), headers);
      return refused == null ? new Decision.ModernNotification(notification) : refused;
    }
    if (headers != null && namesModern(headers)) {
      return new Decision.ModernNotification(notification);
    }
    return legacy(notification, headers, null);
  }

  private static Decision batch(Message.Batch batch, @Nullable Headers headers) {
    if (headers != null && namesModern(headers)) {
      return noBatch("2026-07-28 has no batches (expected: one message)");
    }
    for (Message element : batch.messages()) {
      if (element.claimsModern()) {
        return noBatch("batch element of 2026-07-28, which has no batches (expected: one message)");
      }
      if (element instanceof Message.Request request
          && request.method().equals(Methods.INITIALIZE)) {
        return noBatch("initialize within a batch (expected: alone)");
      }
    }
    return legacy(batch, headers, null);
  }

  private static Decision noBatch(String why) {
    return Decision.Refused.badRequest(null, RpcCode.INVALID_REQUEST, why);
  }

  /** The header is checked; the session is the business of whoever owns it. */
  private static Decision legacy(
      Message message, @Nullable Headers headers, @Nullable RequestId id) {
    Decision.Refused refused = headers == null ? null : sessionVersion(headers, id);
    return refused == null ? new Decision.Legacy(message) : refused;
  }

  /** Within a session the header names a revision that has sessions, if it is there at all. */
  private static Decision.@Nullable Refused sessionVersion(
      Headers headers, @Nullable RequestId id) {
    String version = headers.trimmed(Headers.PROTOCOL_VERSION);
    Revision revision = Revision.of(version);
    if (version == null || (revision != null && !revision.modern())) {
      return null;
    }
    return Decision.Refused.badRequest(
        id,
        RpcCode.BAD_REQUEST,
        "MCP-Protocol-Version: "
            + RpcError.quote(version)
            + " (expected: 2025-03-26, 2025-06-18 or 2025-11-25 within a session)");
  }

  /** The answer to a message that needs a session and names none. */
  public static Decision.Refused sessionMissing(@Nullable RequestId id) {
    return Decision.Refused.badRequest(
        id, RpcCode.BAD_REQUEST, "Mcp-Session-Id: missing (expected: the one of initialize)");
  }

  /** The same on a connection of which the session is, and whose messages have no headers. */
  public static Decision.Refused notInitialized(@Nullable RequestId id) {
    return Decision.Refused.badRequest(
        id,
        RpcCode.BAD_REQUEST,
        "this connection has no session (expected: initialize before anything else)");
  }

  private static boolean namesModern(Headers headers) {
    Revision revision = Revision.of(headers.trimmed(Headers.PROTOCOL_VERSION));
    return revision != null && revision.modern();
  }
}
