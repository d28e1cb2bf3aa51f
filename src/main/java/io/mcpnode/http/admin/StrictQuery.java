package io.mcpnode.http.admin;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, read strictly: what is misspelt is named, never ignored. */
final class StrictQuery {

  private final RoutingContext context;

  private StrictQuery(RoutingContext context) {
    this.context = context;
  }

  /**
   * @param known the parameters there may be
   * @throws OperatorError with what is wrong and what is allowed
   */
  static StrictQuery of(RoutingContext context, String... known) {
    List<String> names = List.of(known);
    for (String name : context.queryParams().names()) {
      if (!names.contains(name)) {
        throw OperatorError.invalid(
            shown(name)
                + ": no such parameter (expected: "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ")");
      }
    }
    return new StrictQuery(context);
  }

  /** Null if it is missing. */
  @Nullable String text(String name) {
    List<String> values = context.queryParam(name);
    if (values.size() > 1) {
      throw OperatorError.invalid(name + ": given " + values.size() + " times (expected: once)");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** False if it is missing. */
  boolean flag(String name) {
    String text = text(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw OperatorError.invalid(name + ": " + shown(text) + " (expected: true or false)");
  }

  int number(String name, int otherwise, int least, int most) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw OperatorError.invalid(
        name + ": " + shown(text) + " (expected: " + least + " to " + most + ")");
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(40, text.length()));
  }
}
