package io.mcpnode.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/** Arguments and values as bytes. A local call takes the same way, so that it means the same. */
final class CallJson {

  /** Of all arguments of a call, and of its value. */
  static final int MAX_BYTES = 1 << 20;

  private CallJson() {}

  /**
   * @throws IllegalArgumentException if it is not JSON-able or too large
   */
  static Buffer encode(String what, @Nullable Object value) {
    Buffer bytes;
    try {
      bytes = Json.encodeToBuffer(value);
    } catch (EncodeException e) {
      throw new IllegalArgumentException(
          what + ": " + e.getMessage() + " (expected: JSON-able)", e);
    }
    if (bytes.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          what + ": " + bytes.length() + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    return bytes;
  }

  /**
   * @throws IllegalArgumentException if it is no JSON array
   */
  static JsonArray decodeArgs(Buffer bytes) {
    try {
      if (Json.decodeValue(bytes) instanceof JsonArray args) {
        return args;
      }
    } catch (DecodeException e) {
      throw new IllegalArgumentException("args: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("args: no array (expected: a JSON array)");
  }

  static @Nullable Object decode(Buffer bytes) {
    return Json.decodeValue(bytes);
  }
}
