package io.mcpnode.protocol;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC error.
 *
 * @param data JSON text, null if there is none
 */
public record RpcError(RpcCode code, String message, @Nullable String data) {

  private static final int LONGEST_QUOTE = 80;

  public static RpcError of(RpcCode code, String message) {
    return new RpcError(code, message, null);
  }

  /** The 2026-07-28 answer to a revision that is not spoken here. */
  public static RpcError unsupportedVersion(String requested) {
    String supported =
        Revision.MODERN.stream()
            .map(revision -> '"' + revision.date() + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return new RpcError(
        RpcCode.UNSUPPORTED_VERSION,
        "protocol version: " + quote(requested) + " (expected: one of " + supported + ")",
        "{\"supported\":"
            + supported
            + ",\"requested\":"
            + JsonOut.quoted(shorten(requested))
            + "}");
  }

  /** Nothing has this address, in the words of a revision. */
  public static RpcError resourceNotFound(String uri, Revision revision) {
    return new RpcError(
        revision.modern() ? RpcCode.INVALID_PARAMS : RpcCode.RESOURCE_NOT_FOUND,
        "resource not found: " + quote(uri),
        "{\"uri\":" + JsonOut.quoted(uri) + "}");
  }

  /** The 2026-07-28 answer to a request that only a client with this extension can make. */
  public static RpcError missingExtension(String name) {
    return new RpcError(
        RpcCode.MISSING_CAPABILITY,
        "clientCapabilities.extensions: without " + quote(name) + " (expected: with it)",
        "{\"requiredCapabilities\":{\"extensions\":{" + JsonOut.quoted(name) + ":{}}}}");
  }

  /** A value from outside for a message: quoted, and not longer than a person reads. */
  public static String quote(String value) {
    return '"' + shorten(value) + '"';
  }

  private static String shorten(String value) {
    if (value.length() <= LONGEST_QUOTE) {
      return value;
    }
    int end = LONGEST_QUOTE;
    if (Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(0, end) + '…';
  }
}
