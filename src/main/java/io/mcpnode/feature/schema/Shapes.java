package io.mcpnode.feature.schema;

import java.util.HashMap;
import java.util.Map;

/** Compiles types to shapes, each type once. For one thread; the shapes are for any. */
public final class Shapes {

  private static final int MAX_DEPTH = 32;

  private static final Map<Class<?>, Shape> SIMPLE = simple();

  private final SchemaWriter.Direction direction;
  private final Map<JavaType, ObjectShape> objects = new HashMap<>();
  private final Map<JavaType, Boolean> unfinished = new HashMap<>();
  private int depth;

  /**
   * @param direction for OUTPUT there is a shape for every type: what is not known is written by
   *     what it is at run time
   */
  public Shapes(SchemaWriter.Direction direction) {
    this.direction = direction;
  }

  /**
   * @throws UnsupportedTypeException for INPUT, if values of the type can't be made of JSON
   */
  public Shape of(JavaType type) {
    if (++depth > MAX_DEPTH) {
      throw new UnsupportedTypeException(
          "type: " + type.raw().getSimpleName() + " is nested deeper than " + MAX_DEPTH);
    }
    try {
      return compile(type);
    } finally {
      depth--;
    }
  }

  private Shape compile(JavaType type) {
    Class<?> raw = type.raw();
    Shape simple = SIMPLE.get(raw);
    if (simple != null) {
      return simple;
    }
    OptionalShape optional = OptionalShape.of(type, this::of);
    if (optional != null) {
      return optional;
    }
    boolean output = direction == SchemaWriter.Direction.OUTPUT;
    if (raw.isEnum()) {
      return new EnumShape(raw);
    }
    if (ListShape.fits(raw) || (output && ListShape.writes(raw))) {
      return new ListShape(raw, of(type.argument(0)));
    }
    if (MapShape.fits(raw) || (output && Map.class.isAssignableFrom(raw))) {
      return map(type);
    }
    if (Members.fits(raw, output)) {
      return object(type, output);
    }
    if (output) {
      return AnyShape.INSTANCE;
    }
    throw new UnsupportedTypeException(
        "type: "
            + raw.getName()
            + " (expected: a primitive or its box, String, an enum, BigInteger, BigDecimal, a type"
            + " of java.time, UUID, URI, Optional, List, Set, an array, Map, a record or a plain"
            + " class of these, or Object)");
  }

  private Shape map(JavaType type) {
    Shape key = type.arguments().isEmpty() ? TextShape.STRING : of(type.argument(0));
    if (!key.textual()) {
      if (direction == SchemaWriter.Direction.OUTPUT) {
        key = TextShape.STRING;
      } else {
        throw new UnsupportedTypeException("type: " + type + " (expected: a map with string keys)");
      }
    }
    return new MapShape(key, of(type.argument(1)));
  }

  private ObjectShape object(JavaType type, boolean output) {
    ObjectShape known = objects.get(type);
    if (known != null) {
      if (unfinished.containsKey(type)) {
        known.markRecursive();
      }
      return known;
    }
    ObjectShape shape = new ObjectShape(type);
    objects.put(type, shape);
    unfinished.put(type, true);
    new Members(type, output, this).completeInto(shape);
    unfinished.remove(type);
    return shape;
  }

  private static Map<Class<?>, Shape> simple() {
    Map<Class<?>, Shape> shapes = new HashMap<>(TextShape.TYPES);
    shapes.put(Object.class, AnyShape.INSTANCE);
    shapes.put(boolean.class, new BooleanShape(true));
    shapes.put(Boolean.class, new BooleanShape(false));
    shapes.put(char.class, new CharacterShape(true));
    shapes.put(Character.class, new CharacterShape(false));
    for (boolean primitive : new boolean[] {true, false}) {
      shapes.put(
          primitive ? byte.class : Byte.class,
          new IntegerShape(Byte.MIN_VALUE, Byte.MAX_VALUE, v -> (byte) v, primitive));
      shapes.put(
          primitive ? short.class : Short.class,
          new IntegerShape(Short.MIN_VALUE, Short.MAX_VALUE, v -> (short) v, primitive));
      shapes.put(
          primitive ? int.class : Integer.class,
          new IntegerShape(Integer.MIN_VALUE, Integer.MAX_VALUE, v -> (int) v, primitive));
      shapes.put(
          primitive ? long.class : Long.class,
          new IntegerShape(Long.MIN_VALUE, Long.MAX_VALUE, v -> v, primitive));
    }
    shapes.put(float.class, NumberShape.FLOAT.primitive(0f));
    shapes.put(Float.class, NumberShape.FLOAT);
    shapes.put(double.class, NumberShape.DOUBLE.primitive(0d));
    shapes.put(Double.class, NumberShape.DOUBLE);
    shapes.put(java.math.BigDecimal.class, NumberShape.DECIMAL);
    shapes.put(java.math.BigInteger.class, NumberShape.BIG_INTEGER);
    shapes.put(Number.class, NumberShape.ANY);
    return Map.copyOf(shapes);
  }
}
