package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.protocol.RpcError;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a client sent is what the form asked for, by the keywords that MCP has for forms
 * (elicitation, requested schema). Fields that nobody asked for are passed over. Pure.
 */
final class FormCheck {

  private FormCheck() {}

  /**
   * @param schema as it was sent to the client
   * @throws IllegalArgumentException naming the first field that is wrong
   */
  static void check(JsonNode content, ObjectNode schema) {
    for (JsonNode required : schema.path("required")) {
      if (absent(content.path(required.asText()))) {
        throw new IllegalArgumentException(
            "content." + required.asText() + ": missing (expected: it is required)");
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = content.path(property.getKey());
      String expected = absent(value) ? null : expected(value, property.getValue());
      if (expected != null) {
        String shown = RpcError.quote(value.isTextual() ? value.textValue() : value.toString());
        throw new IllegalArgumentException(
            "content." + property.getKey() + ": " + shown + " (expected: " + expected + ")");
      }
    }
  }

  /** Not answered: some clients send null for that. */
  static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** What the value should be; null if it is. */
  private static @Nullable String expected(JsonNode value, JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "string" -> value.isTextual() ? text(value.textValue(), schema) : "text";
      case "boolean" -> value.isBoolean() ? null : "true or false";
      case "integer" -> value.isNumber() && whole(value) ? within(value, schema) : "a whole number";
      case "number" -> value.isNumber() ? within(value, schema) : "a number";
      case "array" -> value.isArray() ? choices(value, schema) : "a list";
      default -> null;
    };
  }

  private static boolean whole(JsonNode value) {
    return value.isIntegralNumber() || value.doubleValue() == Math.rint(value.doubleValue());
  }

  private static @Nullable String within(JsonNode value, JsonNode schema) {
    JsonNode minimum = schema.path("minimum");
    JsonNode maximum = schema.path("maximum");
    if (minimum.isNumber() && value.doubleValue() < minimum.doubleValue()) {
      return ">= " + minimum;
    }
    return maximum.isNumber() && value.doubleValue() > maximum.doubleValue()
        ? "<= " + maximum
        : null;
  }

  private static @Nullable String text(String text, JsonNode schema) {
    Set<String> options = options(schema, "oneOf");
    if (options != null && !options.contains(text)) {
      return "one of " + options;
    }
    String length = count(text.codePointCount(0, text.length()), schema, "Length", "characters");
    return length != null ? length : format(text, schema.path("format").asText());
  }

  private static @Nullable String choices(JsonNode list, JsonNode schema) {
    Set<String> options = options(schema.path("items"), "anyOf");
    for (JsonNode chosen : list) {
      if (!chosen.isTextual() || (options != null && !options.contains(chosen.textValue()))) {
        return options == null ? "a list of texts" : "of " + options;
      }
    }
    return count(list.size(), schema, "Items", "of them");
  }

  private static @Nullable String count(int count, JsonNode schema, String what, String of) {
    JsonNode least = schema.path("min" + what);
    JsonNode most = schema.path("max" + what);
    if (least.isNumber() && count < least.intValue()) {
      return "at least " + least + ' ' + of;
    }
    return most.isNumber() && count > most.intValue() ? "at most " + most + ' ' + of : null;
  }

  /** Null if anything goes. */
  private static @Nullable Set<String> options(JsonNode schema, String titled) {
    JsonNode plain = schema.path("enum");
    JsonNode alternatives = schema.path(titled);
    if (!plain.isArray() && !alternatives.isArray()) {
      return null;
    }
    Set<String> options = new LinkedHashSet<>();
    plain.forEach(option -> options.add(option.asText()));
    alternatives.forEach(option -> options.add(option.path("const").asText()));
    return options;
  }

  private static @Nullable String format(String text, String format) {
    return switch (format) {
      case "date" -> reads(text, LocalDate::parse) ? null : "a date such as 2026-07-28";
      case "date-time" ->
          reads(text, OffsetDateTime::parse) ? null : "a time such as 2026-07-28T12:00:00Z";
      case "uri" -> reads(text, FormCheck::absolute) ? null : "a URI";
      case "email" -> text.matches("[^@\\s]+@[^@\\s]+") ? null : "an email address";
      default -> null;
    };
  }

  private static void absolute(String text) {
    if (!URI.create(text).isAbsolute()) {
      throw new IllegalArgumentException("no scheme");
    }
  }

  private static boolean reads(String text, Consumer<String> reader) {
    try {
      reader.accept(text);
      return true;
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return false;
    }
  }
}
