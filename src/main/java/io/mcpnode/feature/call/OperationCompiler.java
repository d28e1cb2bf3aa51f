package io.mcpnode.feature.call;

import io.mcpnode.api.ClusterOperation;
import io.mcpnode.api.OperationContext;
import io.mcpnode.api.ToolArg;
import io.mcpnode.feature.Operation;
import io.mcpnode.feature.schema.Argument;
import io.mcpnode.feature.schema.Defaults;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.Positions;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes operations of annotated methods, with all that can be decided before the first call. */
public final class OperationCompiler {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final BlockingCalls blocking;

  public OperationCompiler(BlockingCalls blocking) {
    this.blocking = blocking;
  }

  /** Null if the method is none. */
  public static @Nullable ClusterOperation mark(Method method) {
    return method.getAnnotation(ClusterOperation.class);
  }

  /**
   * Compiles one method.
   *
   * @throws IllegalArgumentException if it can't be an operation, with the reason
   * @throws io.mcpnode.feature.schema.UnsupportedTypeException likewise
   */
  public Operation compile(Method method, Object instance, ClusterOperation mark) {
    String name =
        mark.name().equals(ClusterOperation.ELEMENT_NAME) ? method.getName() : mark.name();
    JavaType returned = JavaType.of(method.getGenericReturnType());
    boolean async =
        returned.raw() == CompletionStage.class || returned.raw() == CompletableFuture.class;
    Shape value =
        new Shapes(SchemaWriter.Direction.OUTPUT).of(async ? returned.argument(0) : returned);
    return new MethodOperation(
        checked("service", mark.service()),
        checked("name", name),
        new Positions(arguments(method)),
        Invocation.handle(method, instance),
        value,
        method.getDeclaringClass().getClassLoader(),
        async ? null : blocking);
  }

  private static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + ": \"" + name + "\" (expected: 1 to 64 of A-Z a-z 0-9 _ . -)");
    }
    return name;
  }

  /** Null for a parameter that gets the call itself. */
  private static List<@Nullable Argument> arguments(Method method) {
    Shapes shapes = new Shapes(SchemaWriter.Direction.INPUT);
    List<@Nullable Argument> arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      arguments.add(
          parameter.getType() == OperationContext.class
              ? null
              : argument(parameter, shapes.of(JavaType.of(parameter.getParameterizedType()))));
    }
    return arguments;
  }

  private static Argument argument(Parameter parameter, Shape shape) {
    ToolArg said = parameter.getAnnotation(ToolArg.class);
    String name = parameter.getName();
    return said == null
        ? new Argument(name, "", shape, true, null, "")
        : new Argument(
            said.name().equals(ToolArg.ELEMENT_NAME) ? name : said.name(),
            said.description(),
            shape,
            said.required(),
            Defaults.parse(name, said.defaultValue(), shape),
            "");
  }
}
