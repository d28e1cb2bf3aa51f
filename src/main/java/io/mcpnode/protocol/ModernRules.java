package io.mcpnode.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a request of 2026-07-28 must get right before its method is looked at; a mistake is answered
 * with the first rule that it breaks, so the order is part of the contract (2026-07-28, transports,
 * standard request headers; SEP-2243, SEP-2575).
 */
final class ModernRules {

  private ModernRules() {}

  /** Null if all is well. */
  static Decision.@Nullable Refused check(Message.Request request, @Nullable Headers headers) {
    Decision.Refused refused = version(request.id(), request.params().meta(), headers);
    if (refused == null) {
      refused = envelope(request);
    }
    if (refused == null && headers != null) {
      refused = standardHeaders(request, headers);
    }
    if (refused == null && !Methods.offeredModern(request.method())) {
      refused =
          new Decision.Refused(
              HttpStatus.NOT_FOUND, request.id(), Methods.notOffered(request.method()));
    }
    return refused;
  }

  /** The revision of header and envelope: equal, and spoken here. */
  static Decision.@Nullable Refused version(
      @Nullable RequestId id, Meta meta, @Nullable Headers headers) {
    String named = meta.protocolVersion();
    if (named == null) {
      return Decision.Refused.badRequest(
          id,
          RpcCode.INVALID_PARAMS,
          "params._meta[\"io.modelcontextprotocol/protocolVersion\"]: not a string (expected: a"
              + " revision)");
    }
    if (headers != null) {
      String header = headers.trimmed(Headers.PROTOCOL_VERSION);
      if (!named.equals(header)) {
        return mismatch(id, "MCP-Protocol-Version", header, named);
      }
    }
    Revision revision = Revision.of(named);
    if (revision == null || !revision.modern()) {
      return new Decision.Refused(HttpStatus.BAD_REQUEST, id, RpcError.unsupportedVersion(named));
    }
    return null;
  }

  private static Decision.@Nullable Refused envelope(Message.Request request) {
    Meta meta = request.params().meta();
    String problem = meta.problem();
    if (problem == null && meta.clientCapabilities() == Shape.ABSENT) {
      problem = "_meta[\"io.modelcontextprotocol/clientCapabilities\"]: missing (expected: object)";
    }
    String level = meta.logLevel();
    if (problem == null && level != null && LogLevel.of(level) == null) {
      problem =
          "_meta[\"io.modelcontextprotocol/logLevel\"]: "
              + RpcError.quote(level)
              + " (expected: one of "
              + LogLevel.EXPECTED
              + ")";
    }
    return problem == null
        ? null
        : Decision.Refused.badRequest(request.id(), RpcCode.INVALID_PARAMS, "params." + problem);
  }

  private static Decision.@Nullable Refused standardHeaders(
      Message.Request request, Headers headers) {
    String method = headers.trimmed(Headers.METHOD);
    if (!request.method().equals(method)) {
      return mismatch(request.id(), "Mcp-Method", method, request.method());
    }
    String member = namedBy(request.method());
    if (member == null) {
      return null;
    }
    String header = headers.trimmed(Headers.NAME);
    String inBody = target(request.params(), member);
    if (header == null || inBody == null) {
      // Neither is a mistake in the params, which is told later.
      return header == null && inBody == null
          ? null
          : mismatch(request.id(), "Mcp-Name", header, inBody);
    }
    String decoded = HeaderValue.decode(header);
    return inBody.equals(decoded)
        ? null
        : mismatch(request.id(), "Mcp-Name", decoded == null ? header : decoded, inBody);
  }

  /** The member of params that Mcp-Name repeats; null for a method without one. */
  private static @Nullable String namedBy(String method) {
    return switch (method) {
      case Methods.TOOLS_CALL, Methods.PROMPTS_GET -> "name";
      case Methods.RESOURCES_READ -> "uri";
      case Methods.TASKS_GET, Methods.TASKS_UPDATE, Methods.TASKS_CANCEL -> "taskId";
      default -> null;
    };
  }

  private static @Nullable String target(Params params, String member) {
    return switch (member) {
      case "name" -> params.name();
      case "uri" -> params.uri();
      default -> params.taskId();
    };
  }

  static Decision.Refused mismatch(
      @Nullable RequestId id, String header, @Nullable String value, @Nullable String expected) {
    return Decision.Refused.badRequest(
        id,
        RpcCode.HEADER_MISMATCH,
        header
            + ": "
            + (value == null ? "missing" : RpcError.quote(value))
            + " (expected: "
            + (expected == null
                ? "none, as in the body"
                : RpcError.quote(expected) + " as in the body")
            + ")");
  }
}
