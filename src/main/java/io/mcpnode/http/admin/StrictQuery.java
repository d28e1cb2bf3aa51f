package io.mcpnode.http.admin;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, read strictly: what is misspelt is named, never ignored. */
final class StrictQuery {

  private final RoutingContext context;

  /** Of a request that was checked. */
  StrictQuery(RoutingContext context) {
    this.context = context;
  }

  /**
   * @param names of the parameters there may be
   * @throws OperatorError with what is wrong and what is allowed
   */
  static void check(RoutingContext context, List<String> names) {
    for (String name : given(context)) {
      if (!names.contains(name)) {
        throw OperatorError.invalid(
            shown(name)
                + ": no such parameter (expected: "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ")");
      }
    }
  }

  private static Set<String> given(RoutingContext context) {
    try {
      return context.queryParams().names();
    } catch (HttpException broken) {
      throw OperatorError.invalid("query: not valid (expected: name=value, escaped as %XX)");
    }
  }

  /** A parameter that must not be empty; null if it is missing. */
  @Nullable String name(String name) {
    String text = text(name);
    if (text != null && text.isBlank()) {
      throw OperatorError.invalid(name + ": empty (expected: a name)");
    }
    return text;
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
