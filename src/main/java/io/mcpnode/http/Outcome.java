package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a request of a client ended, as the metrics tell it. */
enum Outcome {
  OK,
  /** The answer is a JSON-RPC error, whatever the HTTP status. */
  ERROR,
  /** Its session or handle is none. */
  NOT_FOUND,
  /** Cannot be served now; the client may try again (503). */
  UNAVAILABLE,
  /** A bug of ours. */
  FAILED,
  /** The client went before the answer. */
  GONE;

  private static final byte[] ID = {'"', 'i', 'd', '"', ':'};
  private static final byte[] HEAD = "{\"jsonrpc\":\"2.0\",".getBytes(StandardCharsets.US_ASCII);

  /** As metrics have it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome of(Answer answer) {
    int status = answer.status();
    if (status < 300) {
      return isError(answer.body()) ? ERROR : OK;
    }
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? FAILED : ERROR;
    };
  }

  /**
   * Looks at the member after the id, which every node of ours writes second: no need to parse what
   * may be long.
   */
  static boolean isError(@Nullable Buffer body) {
    if (body == null || !startsWith(body, 0, HEAD)) {
      return false;
    }
    int at = HEAD.length;
    if (startsWith(body, at, ID)) {
      at = afterValue(body, at + ID.length) + 1;
    }
    return at + 1 < body.length() && body.getByte(at) == '"' && body.getByte(at + 1) == 'e';
  }

  private static boolean startsWith(Buffer body, int at, byte[] bytes) {
    if (body.length() < at + bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (body.getByte(at + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the comma after a string, a number or null is. */
  private static int afterValue(Buffer body, int from) {
    int at = from;
    boolean text = at < body.length() && body.getByte(at) == '"';
    if (text) {
      at++;
      while (at < body.length() && body.getByte(at) != '"') {
        at += body.getByte(at) == '\\' ? 2 : 1;
      }
    }
    while (at < body.length() && body.getByte(at) != ',') {
      at++;
    }
    return at;
  }
}
