package io.mcpnode.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One field of a form, required unless {@link #optional}. Immutable.
 *
 * @param title for people
 * @param options of a choice: what is answered, and what people read
 * @param limits keywords of JSON Schema, such as {@code minimum}
 * @param schema of a field that is written by hand, JSON text
 */
public record ElicitField(
    String name,
    Type type,
    boolean required,
    Optional<String> title,
    Optional<String> description,
    Optional<Object> defaultValue,
    Map<String, String> options,
    Map<String, Object> limits,
    Optional<String> schema) {

  /** What can be answered. */
  public enum Type {
    TEXT,
    NUMBER,
    INTEGER,
    BOOLEAN,
    /** One of the options. */
    CHOICE,
    /** Any number of the options. */
    CHOICES,
    /** Whatever the schema says. */
    SCHEMA
  }

  public ElicitField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    limits = Map.copyOf(limits);
  }

  private static ElicitField of(String name, Type type, Map<String, String> options) {
    return new ElicitField(
        name,
        type,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        options,
        Map.of(),
        Optional.empty());
  }

  public static ElicitField text(String name) {
    return of(name, Type.TEXT, Map.of());
  }

  public static ElicitField number(String name) {
    return of(name, Type.NUMBER, Map.of());
  }

  public static ElicitField integer(String name) {
    return of(name, Type.INTEGER, Map.of());
  }

  public static ElicitField yesNo(String name) {
    return of(name, Type.BOOLEAN, Map.of());
  }

  /** One of these. */
  public static ElicitField choice(String name, List<String> options) {
    return of(name, Type.CHOICE, untitled(options));
  }

  /**
   * One of these.
   *
   * @param options what is answered, and what people read, in this order
   */
  public static ElicitField choice(String name, LinkedHashMap<String, String> options) {
    return of(name, Type.CHOICE, options);
  }

  /** Any number of these; clients of 2025-06-18 get a text field that asks for a list. */
  public static ElicitField choices(String name, List<String> options) {
    return of(name, Type.CHOICES, untitled(options));
  }

  /** As {@link #choices(String, List)}, with what people read. */
  public static ElicitField choices(String name, LinkedHashMap<String, String> options) {
    return of(name, Type.CHOICES, options);
  }

  /** A field whose schema is sent as it is, whatever the client's revision. */
  public static ElicitField ofSchema(String name, String schema) {
    return new ElicitField(
        name,
        Type.SCHEMA,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.of(schema));
  }

  private static Map<String, String> untitled(List<String> options) {
    Map<String, String> same = new LinkedHashMap<>();
    options.forEach(option -> same.put(option, option));
    return same;
  }

  /** May be left out. */
  public ElicitField optional() {
    return new ElicitField(
        name, type, false, title, description, defaultValue, options, limits, schema);
  }

  public ElicitField titled(String title) {
    return new ElicitField(
        name,
        type,
        required,
        Optional.of(title),
        description,
        defaultValue,
        options,
        limits,
        schema);
  }

  public ElicitField describedAs(String description) {
    return new ElicitField(
        name,
        type,
        required,
        title,
        Optional.of(description),
        defaultValue,
        options,
        limits,
        schema);
  }

  /** Filled in beforehand; clients of 2025-06-18 know this for yes or no alone. */
  public ElicitField withDefault(Object value) {
    return new ElicitField(
        name, type, required, title, description, Optional.of(value), options, limits, schema);
  }

  /**
   * A keyword of JSON Schema that MCP allows here: {@code minLength}, {@code maxLength}, {@code
   * format} for text, {@code minimum}, {@code maximum} for numbers, {@code minItems}, {@code
   * maxItems} for choices.
   */
  public ElicitField limited(String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(limits);
    more.put(keyword, value);
    return new ElicitField(
        name, type, required, title, description, defaultValue, options, more, schema);
  }
}
