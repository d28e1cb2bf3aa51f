package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A message on its way: the record itself with its codec, or the bytes that arrived. */
final class Body {

  private final @Nullable WireCodec codec;
  private final @Nullable WireMessage message;
  private final @Nullable Buffer bytes;

  private Body(@Nullable WireCodec codec, @Nullable WireMessage message, @Nullable Buffer bytes) {
    this.codec = codec;
    this.message = message;
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if the message is not one of the contract's
   */
  static Body of(WireCodec codec, WireMessage message) {
    codec.tag(message);
    return new Body(codec, message, null);
  }

  static Body received(Buffer bytes) {
    return new Body(null, null, bytes);
  }

  void write(Buffer out) {
    if (codec != null && message != null) {
      codec.write(message, out);
    } else if (bytes != null) {
      out.appendBuffer(bytes);
    }
  }

  /**
   * @throws IllegalArgumentException if what arrived is not a message of the contract
   */
  WireMessage message(WireCodec expected) {
    if (message != null) {
      return message;
    }
    if (bytes == null) {
      throw new IllegalArgumentException("message: none (expected: one)");
    }
    return expected.decode(bytes);
  }
}
