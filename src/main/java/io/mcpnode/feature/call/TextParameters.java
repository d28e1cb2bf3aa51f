package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.schema.Argument;
import io.mcpnode.feature.schema.Binder;
import io.mcpnode.feature.schema.Defaults;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a method whose arguments are text on the wire, as those of prompts and
 * templates are.
 */
final class TextParameters {

  private static final int INVALID_PARAMS = -32602;

  /** What an author says of one argument. */
  record Said(String name, String description, boolean required, String defaultValue) {}

  private final List<Argument> arguments = new ArrayList<>();
  private final Binder binder;
  private final int special;

  /**
   * @param extra a type of parameter beside {@link ToolContext} and the arguments; null: none
   * @param lenient arguments without a parameter are fine
   * @throws IllegalArgumentException if a parameter can't be given a value, with the reason
   */
  TextParameters(
      Method method, @Nullable Class<?> extra, boolean lenient, Function<Parameter, Said> reader) {
    Shapes shapes = new Shapes(SchemaWriter.Direction.INPUT);
    List<Binder.Slot> slots = new ArrayList<>();
    int found = -1;
    for (Parameter parameter : method.getParameters()) {
      if (parameter.getType() == ToolContext.class) {
        slots.add(new Binder.Injected(context -> context));
      } else if (extra != null && parameter.getType() == extra) {
        if (found >= 0) {
          throw new IllegalArgumentException(
              extra.getSimpleName() + ": two parameters (expected: at most one)");
        }
        found = slots.size();
        slots.add(new Binder.Injected(context -> null));
      } else {
        Argument argument = argument(parameter, reader.apply(parameter), shapes, slots.size());
        arguments.add(argument);
        slots.add(new Binder.Passed(argument));
      }
    }
    special = found;
    binder = new Binder(slots, lenient);
  }

  private static Argument argument(Parameter parameter, Said said, Shapes shapes, int index) {
    if (said.name().isEmpty()) {
      throw new IllegalArgumentException(
          "parameter "
              + (index + 1)
              + " has no name (expected: a name in its annotation, or javac -parameters)");
    }
    JavaType type = JavaType.of(parameter.getParameterizedType());
    Shape shape = shapes.of(type);
    if (!shape.textual()) {
      throw new IllegalArgumentException(
          said.name()
              + ": "
              + type
              + " (expected: String, or another type whose JSON form is text)");
    }
    return new Argument(
        said.name(),
        said.description(),
        shape,
        said.required(),
        Defaults.parse(said.name(), said.defaultValue(), shape),
        "");
  }

  /** The name of a parameter as the compiler kept it; empty if it did not. */
  static String elementName(Parameter parameter) {
    return parameter.isNamePresent() ? parameter.getName() : "";
  }

  List<Argument> arguments() {
    return arguments;
  }

  /**
   * The values for one call.
   *
   * @param extra for the parameter of the extra type
   * @throws McpException naming all that is wrong
   */
  @Nullable Object[] bind(ObjectNode given, @Nullable Object extra, ToolContext context) {
    Problems problems = new Problems();
    @Nullable Object[] values = binder.bind(given, context, problems);
    if (problems.any()) {
      throw new McpException(INVALID_PARAMS, problems.text());
    }
    if (special >= 0) {
      values[special] = extra;
    }
    return values;
  }
}
