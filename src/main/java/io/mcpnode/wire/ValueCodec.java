package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one value. Numbers are big-endian and of fixed size; {@code boolean} and enums (by
 * place) take a byte; strings (UTF-8), buffers and lists begin with their length as an int. Each
 * value that is not primitive is preceded by a byte, 0 for null and 1 else.
 */
interface ValueCodec {

  void write(@Nullable Object value, Buffer out);

  @Nullable Object read(WireReader in);

  /**
   * @param name of the component, for messages
   */
  static ValueCodec of(
      Type type, String name, WireCodec contract, Map<Class<?>, RecordCodec> known) {
    if (type instanceof Class<?> plain) {
      return plain.isPrimitive()
          ? primitive(plain, name)
          : new Nullables(name, reference(plain, name, contract, known));
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      ValueCodec element = of(generic.getActualTypeArguments()[0], name, contract, known);
      return new Nullables(name, new Lists(name, element));
    }
    throw unsupported(type, name);
  }

  private static ValueCodec primitive(Class<?> type, String name) {
    if (type == boolean.class) {
      return new Simple<Boolean>(
          (v, out) -> out.appendByte((byte) (v ? 1 : 0)), in -> in.readByte(name) != 0);
    }
    if (type == int.class) {
      return new Simple<Integer>((v, out) -> out.appendInt(v), in -> in.readInt(name));
    }
    if (type == long.class) {
      return new Simple<Long>((v, out) -> out.appendLong(v), in -> in.readLong(name));
    }
    if (type == double.class) {
      return new Simple<Double>(
          (v, out) -> out.appendLong(Double.doubleToRawLongBits(v)),
          in -> Double.longBitsToDouble(in.readLong(name)));
    }
    throw unsupported(type, name);
  }

  @SuppressWarnings("EnumOrdinal") // the place is what is written; contracts freeze it
  private static ValueCodec reference(
      Class<?> type, String name, WireCodec contract, Map<Class<?>, RecordCodec> known) {
    if (type == String.class) {
      return new Simple<String>((v, out) -> writeString(v, out), in -> in.readString(name));
    }
    if (type == NodeId.class) {
      return new Simple<NodeId>((v, out) -> writeNode(v, out), in -> in.readNode(name));
    }
    if (type == Buffer.class) {
      return new Simple<Buffer>(
          (v, out) -> out.appendInt(v.length()).appendBuffer(v), in -> in.readBuffer(name));
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return new Simple<Enum<?>>(
          (v, out) -> out.appendByte((byte) v.ordinal()), in -> readEnum(constants, name, in));
    }
    if (WireMessage.class.isAssignableFrom(type)) {
      if (type.isInterface()) {
        return new Simple<WireMessage>((v, out) -> contract.write(v, out), contract::read);
      }
      RecordCodec record = RecordCodec.of(type, contract, known);
      return new Simple<Object>((v, out) -> record.write(v, out), record::read);
    }
    throw unsupported(type, name);
  }

  private static Enum<?> readEnum(Object[] constants, String name, WireReader in) {
    int place = in.readByte(name) & 0xff;
    if (place >= constants.length) {
      throw new IllegalArgumentException(
          name + ": constant " + place + " (expected: 0 to " + (constants.length - 1) + ")");
    }
    return (Enum<?>) constants[place];
  }

  static void writeString(String text, Buffer out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.appendInt(bytes.length).appendBytes(bytes);
  }

  static void writeNode(NodeId node, Buffer out) {
    writeString(node.name(), out);
    out.appendLong(node.incarnation());
  }

  private static IllegalArgumentException unsupported(Type type, String name) {
    return new IllegalArgumentException(
        name
            + ": "
            + type.getTypeName()
            + " (expected: boolean, int, long, double, String, NodeId, Buffer, an enum, a wire"
            + " message or a list of these)");
  }

  /** A value that is there, written and read by one function each. */
  final class Simple<T> implements ValueCodec {
    interface Writer<T> {
      void write(T value, Buffer out);
    }

    interface Reader<T> {
      T read(WireReader in);
    }

    private final Writer<T> writer;
    private final Reader<T> reader;

    Simple(Writer<T> writer, Reader<T> reader) {
      this.writer = writer;
      this.reader = reader;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // of the component's type; Nullables asks before
    public void write(@Nullable Object value, Buffer out) {
      writer.write((T) value, out);
    }

    @Override
    public @Nullable Object read(WireReader in) {
      return reader.read(in);
    }
  }

  /** A value that may be null. */
  record Nullables(String name, ValueCodec value) implements ValueCodec {
    @Override
    public void write(@Nullable Object it, Buffer out) {
      if (it == null) {
        out.appendByte((byte) 0);
      } else {
        out.appendByte((byte) 1);
        value.write(it, out);
      }
    }

    @Override
    public @Nullable Object read(WireReader in) {
      byte present = in.readByte(name);
      if (present != 0 && present != 1) {
        throw new IllegalArgumentException(
            name + ": presence byte " + present + " (expected: 0 or 1)");
      }
      return present == 0 ? null : value.read(in);
    }
  }

  /** Elements one after the other, read into an unmodifiable list. */
  record Lists(String name, ValueCodec element) implements ValueCodec {
    @Override
    @SuppressWarnings("NullAway") // Nullables asks before
    public void write(@Nullable Object it, Buffer out) {
      List<?> list = (List<?>) it;
      out.appendInt(list.size());
      for (int i = 0; i < list.size(); i++) {
        element.write(list.get(i), out);
      }
    }

    @Override
    public @Nullable Object read(WireReader in) {
      int size = in.readLength(name);
      List<@Nullable Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(element.read(in));
      }
      return Collections.unmodifiableList(list);
    }
  }
}
