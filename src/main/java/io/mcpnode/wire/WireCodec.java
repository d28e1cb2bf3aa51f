package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a contract's messages: one byte for the place in {@link Contract#messages}, then the
 * components of the record in their order, see {@link ValueCodec}. Immutable; any thread.
 */
public final class WireCodec {

  private static final int MAX_MESSAGES = 256;

  private final String name;
  private final RecordCodec[] byTag;
  private final IdentityHashMap<Class<?>, Integer> tags;

  private WireCodec(Contract contract) {
    List<Class<? extends WireMessage>> messages = contract.messages();
    if (messages.size() > MAX_MESSAGES) {
      throw new IllegalArgumentException(
          contract.component() + ": " + messages.size() + " messages (expected: <= 256)");
    }
    this.name = contract.component() + ".v" + contract.version();
    this.byTag = new RecordCodec[messages.size()];
    this.tags = new IdentityHashMap<>(messages.size() * 2);
    for (int tag = 0; tag < byTag.length; tag++) {
      tags.put(messages.get(tag), tag);
    }
    Map<Class<?>, RecordCodec> records = new HashMap<>();
    for (int tag = 0; tag < byTag.length; tag++) {
      byTag[tag] = RecordCodec.of(messages.get(tag), this, records);
    }
  }

  /**
   * Builds the codec, once per contract.
   *
   * @throws IllegalArgumentException if a message is not a record of the types that {@link
   *     WireMessage} names
   */
  public static WireCodec of(Contract contract) {
    return new WireCodec(contract);
  }

  /**
   * @throws IllegalArgumentException if the message is not one of the contract's
   */
  public Buffer encode(WireMessage message) {
    Buffer out = Buffer.buffer(128);
    write(message, out);
    return out;
  }

  /**
   * Reads what {@link #encode} wrote. Byte buffers in the message are views of the given one.
   *
   * @throws IllegalArgumentException if the bytes are not a message of the contract, saying where
   */
  public WireMessage decode(Buffer bytes) {
    WireReader in = new WireReader(bytes, 0);
    WireMessage message = read(in);
    in.expectEnd();
    return message;
  }

  void write(WireMessage message, Buffer out) {
    int tag = tag(message);
    out.appendByte((byte) tag);
    byTag[tag].write(message, out);
  }

  WireMessage read(WireReader in) {
    int tag = in.readByte("tag") & 0xff;
    if (tag >= byTag.length) {
      throw new IllegalArgumentException(
          name + ": message " + tag + " (expected: 0 to " + (byTag.length - 1) + ")");
    }
    return (WireMessage) byTag[tag].read(in);
  }

  /** The place of the message in the contract. */
  int tag(WireMessage message) {
    @Nullable Integer tag = tags.get(message.getClass());
    if (tag == null) {
      throw new IllegalArgumentException(
          message.getClass().getName() + " (expected: a message of " + name + ")");
    }
    return tag;
  }
}
