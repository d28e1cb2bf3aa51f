package io.mcpnode.http.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON object in a request, read strictly: what is misspelt is named, never ignored. */
final class JsonFields {

  private static final int MAX_TEXT = 300;

  /** Of a field that is there twice, nobody can tell which one is meant. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonObject json;

  private JsonFields(JsonObject json) {
    this.json = json;
  }

  /**
   * @param known the fields there may be
   * @throws OperatorError with what is wrong and what is allowed
   */
  static JsonFields of(RoutingContext context, String... known) {
    Buffer body = context.body().buffer();
    Set<String> names = new TreeSet<>(List.of(known));
    if (body == null || body.length() == 0) {
      if (!names.isEmpty()) {
        throw OperatorError.invalid("body: empty (expected: a JSON object with " + names + ")");
      }
      return new JsonFields(new JsonObject());
    }
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null
        || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw mediaType(type);
    }
    JsonObject json = parse(body);
    for (String name : json.fieldNames()) {
      if (!names.contains(name)) {
        throw OperatorError.invalid(
            name + ": no such field (expected: " + (names.isEmpty() ? "none" : names) + ")");
      }
    }
    return new JsonFields(json);
  }

  static OperatorError mediaType(@Nullable String type) {
    return new OperatorError(
        415, "unsupported_media_type", "Content-Type: " + type + " (expected: application/json)");
  }

  private static JsonObject parse(Buffer body) {
    Object value;
    try (JsonParser parser = JSON.createParser(body.getBytes())) {
      value = JacksonCodec.fromParser(parser, Object.class);
    } catch (DecodeException | IOException e) {
      throw OperatorError.invalid("body: not JSON (" + firstLine(e) + ")");
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw OperatorError.invalid("body: " + kind(value) + " (expected: a JSON object)");
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.substring(0, Math.min(200, message.length()));
  }

  /** A string that must be there and must not be empty. */
  String string(String name) {
    if (json.getValue(name) instanceof String text && isText(text)) {
      return text;
    }
    throw wrong(name, "a string of 1 to " + MAX_TEXT + " characters");
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= MAX_TEXT;
  }

  /** True or false; false if the field is missing. */
  boolean flag(String name) {
    if (!json.containsKey(name)) {
      return false;
    }
    if (json.getValue(name) instanceof Boolean value) {
      return value;
    }
    throw wrong(name, "true or false");
  }

  /** A whole number; null if the field is missing. */
  @Nullable Integer integer(String name) {
    if (!json.containsKey(name)) {
      return null;
    }
    Object value = json.getValue(name);
    if (value instanceof Integer number) {
      return number;
    }
    throw wrong(name, "a whole number");
  }

  /** Strings, none if the field is missing. */
  List<String> strings(String name) {
    if (!json.containsKey(name)) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    if (json.getValue(name) instanceof JsonArray array && array.size() <= 100) {
      for (Object item : array) {
        if (!(item instanceof String text) || !isText(text)) {
          throw wrong(name, "a list of strings of 1 to " + MAX_TEXT + " characters");
        }
        strings.add(text);
      }
      return strings;
    }
    throw wrong(name, "a list of at most 100 strings");
  }

  /** A name, or a list of at least one. */
  List<String> names(String name) {
    if (!(json.getValue(name) instanceof JsonArray)) {
      return List.of(string(name));
    }
    List<String> names = strings(name);
    if (names.isEmpty()) {
      throw wrong(name, "a name, or a list of at least one");
    }
    return names;
  }

  /** Whether the field is a list. */
  boolean isList(String name) {
    return json.getValue(name) instanceof JsonArray;
  }

  /** Any JSON values, none if the field is missing. */
  JsonArray array(String name) {
    if (!json.containsKey(name)) {
      return new JsonArray();
    }
    if (json.getValue(name) instanceof JsonArray array) {
      return array;
    }
    throw wrong(name, "a list");
  }

  /** A whole number, the default if the field is missing. */
  int integer(String name, int byDefault, int least, int most) {
    if (!json.containsKey(name)) {
      return byDefault;
    }
    if (json.getValue(name) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw wrong(name, "a whole number from " + least + " to " + most);
  }

  private OperatorError wrong(String name, String expected) {
    return OperatorError.invalid(
        json.containsKey(name)
            ? name + ": " + kind(json.getValue(name)) + " (expected: " + expected + ")"
            : name + ": missing (expected: " + expected + ")");
  }

  private static String kind(@Nullable Object value) {
    if (value instanceof JsonObject) {
      return "an object";
    }
    if (value instanceof JsonArray array) {
      return "a list of " + array.size();
    }
    return value instanceof String text
        ? '"' + text.substring(0, Math.min(100, text.length())) + '"'
        : String.valueOf(value);
  }
}
