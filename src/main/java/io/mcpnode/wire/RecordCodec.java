package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of one record class, in their order. Built once, by reflection; any thread. */
final class RecordCodec {

  private final Class<?> type;
  private final List<Component> components = new ArrayList<>();
  private @Nullable MethodHandle constructor;

  private RecordCodec(Class<?> type) {
    this.type = type;
  }

  /**
   * @param known the records built so far; a record may contain itself
   */
  static RecordCodec of(Class<?> type, WireCodec contract, Map<Class<?>, RecordCodec> known) {
    @Nullable RecordCodec existing = known.get(type);
    if (existing != null) {
      return existing;
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " (expected: a record)");
    }
    RecordCodec codec = new RecordCodec(type);
    known.put(type, codec);
    try {
      codec.build(contract, known);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " (expected: a readable record)", e);
    }
    return codec;
  }

  private void build(WireCodec contract, Map<Class<?>, RecordCodec> known)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      String name = type.getSimpleName() + "." + component.getName();
      ValueCodec value = ValueCodec.of(component.getGenericType(), name, contract, known);
      components.add(Component.of(lookup.unreflect(component.getAccessor()), value));
    }
    constructor =
        lookup
            .findConstructor(type, MethodType.methodType(void.class, types))
            .asSpreader(Object[].class, types.size())
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  void write(Object record, Buffer out) {
    try {
      for (int i = 0; i < components.size(); i++) {
        components.get(i).write(record, out);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(type.getName() + ": an accessor failed", e);
    }
  }

  Object read(WireReader in) {
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).value.read(in);
    }
    try {
      if (constructor == null) {
        throw new IllegalStateException(type.getName() + ": used while it was built");
      }
      return constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(type.getName() + ": not accepted", e);
    }
  }

  /** One component; primitive ones are read from the record without boxing. */
  private abstract static class Component {

    final ValueCodec value;

    Component(ValueCodec value) {
      this.value = value;
    }

    abstract void write(Object record, Buffer out) throws Throwable;

    static Component of(MethodHandle accessor, ValueCodec value) {
      Class<?> type = accessor.type().returnType();
      if (type == long.class) {
        MethodHandle get = accessor.asType(MethodType.methodType(long.class, Object.class));
        return new Component(value) {
          @Override
          void write(Object record, Buffer out) throws Throwable {
            out.appendLong((long) get.invokeExact(record));
          }
        };
      }
      if (type == int.class) {
        MethodHandle get = accessor.asType(MethodType.methodType(int.class, Object.class));
        return new Component(value) {
          @Override
          void write(Object record, Buffer out) throws Throwable {
            out.appendInt((int) get.invokeExact(record));
          }
        };
      }
      MethodHandle get = accessor.asType(MethodType.methodType(Object.class, Object.class));
      return new Component(value) {
        @Override
        void write(Object record, Buffer out) throws Throwable {
          value.write((Object) get.invokeExact(record), out);
        }
      };
    }
  }
}
