package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one tool that clients of 2026-07-28 repeat in {@code Mcp-Param-*} headers: those
 * whose schema says {@code x-mcp-header}, found along a chain of {@code properties} (SEP-2243).
 * Other such headers mean nothing.
 */
public final class HeaderParams {

  private static final int MAX_DIGITS = 100;

  private record Param(String header, String shown, List<String> path) {}

  private final List<Param> params;

  private HeaderParams(List<Param> params) {
    this.params = List.copyOf(params);
  }

  public static HeaderParams of(JsonNode inputSchema) {
    List<Param> found = new ArrayList<>();
    collect(inputSchema, List.of(), found);
    return new HeaderParams(found);
  }

  private static void collect(JsonNode schema, List<String> path, List<Param> found) {
    if (path.size() > Json.MAX_DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<String> here = new ArrayList<>(path);
      here.add(property.getKey());
      JsonNode name = property.getValue().path("x-mcp-header");
      if (name.isTextual() && !name.textValue().isEmpty()) {
        found.add(
            new Param(
                Headers.PARAM_PREFIX + name.textValue().toLowerCase(Locale.ROOT),
                "Mcp-Param-" + name.textValue(),
                here));
      }
      collect(property.getValue(), here, found);
    }
  }

  public boolean isEmpty() {
    return params.isEmpty();
  }

  /** Null if every header that is due is there and says what the body says. */
  public Decision.@Nullable Refused check(RequestId id, JsonNode arguments, Headers headers) {
    for (Param param : params) {
      JsonNode value = arguments;
      for (String step : param.path()) {
        value = value.path(step);
      }
      String header = headers.trimmed(param.header());
      boolean due = !value.isMissingNode() && !value.isNull();
      if (!due && header == null) {
        continue;
      }
      String decoded = header == null ? null : HeaderValue.decode(header);
      if (!due || decoded == null || !same(value, decoded)) {
        return ModernRules.mismatch(
            id, param.shown(), decoded == null ? header : decoded, due ? text(value) : null);
      }
    }
    return null;
  }

  /** Of a number beyond use it is what was sent. */
  private static String text(JsonNode value) {
    return value.isPojo() ? value.toString() : value.asText();
  }

  private static boolean same(JsonNode value, String header) {
    if (!value.isNumber()) {
      return value.isValueNode() && value.asText().equals(header);
    }
    if (header.length() > MAX_DIGITS) {
      return false;
    }
    try {
      return value.decimalValue().compareTo(new BigDecimal(header)) == 0;
    } catch (NumberFormatException notNumeric) {
      return false;
    }
  }
}
