package io.mcpnode.feature.schema;

import io.mcpnode.api.ToolArg;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a record or plain class, and how to read and make one. */
final class Members {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final JavaType type;
  private final boolean output;
  private final Shapes shapes;

  Members(JavaType type, boolean output, Shapes shapes) {
    this.type = type;
    this.output = output;
    this.shapes = shapes;
  }

  /** Records, and classes that are not the JDK's own; those that are read must be makeable. */
  static boolean fits(Class<?> raw, boolean output) {
    if (raw.isRecord()) {
      return true;
    }
    boolean plain =
        !raw.isInterface()
            && !raw.isPrimitive()
            && !raw.isAnnotation()
            && !raw.getName().startsWith("java.")
            && !raw.getName().startsWith("javax.")
            && !raw.getName().startsWith("jdk.");
    return plain && (output || (!Modifier.isAbstract(raw.getModifiers()) && hasConstructor(raw)));
  }

  private static boolean hasConstructor(Class<?> raw) {
    return Arrays.stream(raw.getDeclaredConstructors())
        .anyMatch(constructor -> constructor.getParameterCount() == 0);
  }

  void completeInto(ObjectShape shape) {
    try {
      if (type.raw().isRecord()) {
        completeRecord(shape);
      } else {
        completePlain(shape);
      }
    } catch (IllegalAccessException | NoSuchMethodException | InaccessibleObjectException denied) {
      throw new UnsupportedTypeException(
          "type: " + type.raw().getName() + " can't be used: " + Reasons.of(denied));
    }
  }

  private void completeRecord(ObjectShape shape)
      throws IllegalAccessException, NoSuchMethodException {
    List<ObjectShape.Field> fields = new ArrayList<>();
    RecordComponent[] components = type.raw().getRecordComponents();
    for (RecordComponent component : components) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      Shape member = shapes.of(type.member(component.getGenericType()));
      fields.add(
          new ObjectShape.Field(
              argument(component.getName(), member, component.getAnnotation(ToolArg.class)),
              getter(LOOKUP.unreflect(accessor))));
    }
    Constructor<?> constructor =
        type.raw()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    MethodHandle make =
        LOOKUP
            .unreflectConstructor(constructor)
            .asSpreader(Object[].class, components.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
    shape.complete(fields, values -> make.invokeExact(values));
  }

  private void completePlain(ObjectShape shape)
      throws IllegalAccessException, NoSuchMethodException {
    List<ObjectShape.Field> fields = new ArrayList<>();
    List<MethodHandle> setters = new ArrayList<>();
    for (Field field : declared(type.raw())) {
      field.setAccessible(true);
      Shape member = shapes.of(type.member(field.getGenericType()));
      fields.add(
          new ObjectShape.Field(
              // Java can't say that a field must be set.
              new Argument(field.getName(), "", member, false, null, ""),
              getter(LOOKUP.unreflectGetter(field))));
      if (!output) {
        setters.add(
            LOOKUP
                .unreflectSetter(field)
                .asType(MethodType.methodType(void.class, Object.class, Object.class)));
      }
    }
    shape.complete(fields, output ? null : maker(setters));
  }

  private ObjectShape.Maker maker(List<MethodHandle> setters)
      throws IllegalAccessException, NoSuchMethodException {
    Constructor<?> constructor = type.raw().getDeclaredConstructor();
    constructor.setAccessible(true);
    MethodHandle make =
        LOOKUP.unreflectConstructor(constructor).asType(MethodType.methodType(Object.class));
    return values -> {
      Object made = make.invokeExact();
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value != null) {
          setters.get(i).invokeExact(made, value);
        }
      }
      return made;
    };
  }

  private static ObjectShape.Getter getter(MethodHandle handle) {
    MethodHandle general = handle.asType(MethodType.methodType(Object.class, Object.class));
    return owner -> general.invokeExact(owner);
  }

  private static List<Field> declared(Class<?> raw) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> at = raw; at != null && at != Object.class; at = at.getSuperclass()) {
      List<Field> own = new ArrayList<>();
      for (Field field : at.getDeclaredFields()) {
        int unwanted = Modifier.STATIC | Modifier.TRANSIENT;
        if ((field.getModifiers() & unwanted) == 0 && !field.isSynthetic()) {
          own.add(field);
        }
      }
      fields.addAll(0, own);
    }
    return fields;
  }

  private static Argument argument(String element, Shape shape, @Nullable ToolArg said) {
    if (said == null) {
      return new Argument(element, "", shape, true, null, "");
    }
    String name = said.name().equals(ToolArg.ELEMENT_NAME) ? element : said.name();
    return new Argument(
        name,
        said.description(),
        shape,
        said.required(),
        Defaults.parse(name, said.defaultValue(), shape),
        "");
  }
}
