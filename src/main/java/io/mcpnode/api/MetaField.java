package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds a field to the metadata ({@code _meta}, see {@link MetaCarrier}) with which a {@link Tool},
 * {@link Resource}, {@link ResourceTemplate} or {@link Prompt} is listed:
 *
 * <pre>{@code
 * @Tool(description = "Tomorrow's weather")
 * @MetaField(prefix = "com.example/", name = "source", value = "radar")
 * @MetaField(prefix = "com.example/", name = "limits", type = MetaField.Type.JSON, value = "[1, 10]")
 * public String forecast(String city) { ... }
 * }</pre>
 *
 * <p>Clients of 2025-03-26 don't know metadata here, and don't get it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(MetaField.MetaFields.class)
public @interface MetaField {

  /**
   * A reversed domain and a slash, such as {@code com.example/}; empty: none. Those whose second
   * label is {@code modelcontextprotocol} or {@code mcp} belong to MCP, and are refused.
   */
  String prefix() default "";

  /** Letters, digits, dashes, underscores and dots, the first and last a letter or digit. */
  String name();

  Type type() default Type.STRING;

  /** As text, whatever its type. */
  String value();

  /** What the value is. */
  enum Type {
    STRING,
    INT,
    BOOLEAN,
    /** Any JSON. */
    JSON
  }

  /** Several of them. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface MetaFields {
    MetaField[] value();
  }
}
