package io.mcpnode.feature.schema;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type with its type arguments filled in, such as {@code List<Pair<String, Integer>>}.
 *
 * @param arguments of the raw class; the component of an array; empty for a raw use
 */
public record JavaType(Class<?> raw, List<JavaType> arguments) {

  public JavaType {
    arguments = List.copyOf(arguments);
  }

  public static JavaType of(Type type) {
    return of(type, Map.of());
  }

  /** Reads a type that is used within this one, with this one's type arguments. */
  public JavaType member(Type type) {
    Map<String, JavaType> variables = new HashMap<>();
    TypeVariable<?>[] parameters = raw.getTypeParameters();
    for (int i = 0; i < parameters.length && i < arguments.size(); i++) {
      variables.put(parameters[i].getName(), arguments.get(i));
    }
    return of(type, variables);
  }

  /** The type argument at the index; Object for a raw use. */
  public JavaType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : of(Object.class);
  }

  private static JavaType of(Type type, Map<String, JavaType> variables) {
    if (type instanceof Class<?> raw) {
      return raw.isArray()
          ? new JavaType(raw, List.of(of(raw.getComponentType(), variables)))
          : new JavaType(raw, List.of());
    }
    if (type instanceof ParameterizedType generic) {
      List<JavaType> arguments = new ArrayList<>();
      for (Type argument : generic.getActualTypeArguments()) {
        arguments.add(of(argument, variables));
      }
      return new JavaType((Class<?>) generic.getRawType(), arguments);
    }
    if (type instanceof GenericArrayType array) {
      JavaType component = of(array.getGenericComponentType(), variables);
      return new JavaType(Array.newInstance(component.raw(), 0).getClass(), List.of(component));
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], variables);
    }
    if (type instanceof TypeVariable<?> variable) {
      JavaType bound = variables.get(variable.getName());
      // A bound such as T extends Comparable<T> would never end.
      return bound != null ? bound : new JavaType(Object.class, List.of());
    }
    throw new IllegalArgumentException("type: " + type + " (expected: a Java type)");
  }

  @Override
  public String toString() {
    if (raw.isArray() || arguments.isEmpty()) {
      return raw.getSimpleName();
    }
    return raw.getSimpleName()
        + "<"
        + String.join(", ", arguments.stream().map(JavaType::toString).toList())
        + ">";
  }
}
