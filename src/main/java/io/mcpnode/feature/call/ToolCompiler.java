package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.FeatureType;
import io.mcpnode.api.Handle;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Tool;
import io.mcpnode.feature.dialect.ArgumentSpec;
import io.mcpnode.feature.dialect.Dialect;
import io.mcpnode.feature.dialect.ToolSpec;
import io.mcpnode.feature.schema.Argument;
import io.mcpnode.feature.schema.Binder;
import io.mcpnode.feature.schema.Defaults;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import io.mcpnode.protocol.ToolDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes tools of annotated methods, with all that can be decided before the first call. */
public final class ToolCompiler {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final BlockingCalls blocking;

  public ToolCompiler(BlockingCalls blocking) {
    this.blocking = blocking;
  }

  /**
   * Compiles one method.
   *
   * @param instance whose method it is
   * @throws IllegalArgumentException if it can't be a tool, with the reason
   * @throws io.mcpnode.feature.schema.UnsupportedTypeException likewise
   */
  public Tool compile(Method method, Object instance, Dialect dialect, ToolSpec spec) {
    if (!NAME.matcher(spec.name()).matches()) {
      throw new IllegalArgumentException(
          "name: \"" + spec.name() + "\" (expected: 1 to 64 of A-Z a-z 0-9 _ . -)");
    }
    VerbatimSchema verbatim =
        spec.inputSchema().isEmpty() ? null : new VerbatimSchema(spec.inputSchema());
    Parameters parameters = new Parameters(dialect);
    for (Parameter parameter : method.getParameters()) {
      parameters.add(parameter);
    }
    Binder binder = new Binder(parameters.slots, verbatim != null);
    ObjectNode schema = verbatim == null ? binder.schema() : verbatim.json();
    HeaderMarks.check(schema);
    JavaType returned = JavaType.of(method.getGenericReturnType());
    boolean async = Invocation.isAsync(returned.raw());
    Result result = new Result(async ? returned.argument(0) : returned, spec);
    ToolDescriptor descriptor =
        new ToolDescriptor(
            spec.name(),
            spec.title().isEmpty() ? null : spec.title(),
            spec.description(),
            schema,
            result.schema(),
            spec.hints(),
            spec.taskSupport(),
            spec.taskOnDemand(),
            ItemExtras.of(method, FeatureType.TOOL, spec.name()));
    ClassLoader loader = method.getDeclaringClass().getClassLoader();
    return new MethodTool(
        descriptor,
        parameters.handle,
        verbatim,
        binder,
        Invocation.handle(method, instance),
        result,
        loader,
        blocking,
        !async);
  }

  /** The parameters of one method. */
  private static final class Parameters {

    private final Dialect dialect;
    private final Shapes shapes = new Shapes(SchemaWriter.Direction.INPUT);
    private final List<Binder.Slot> slots = new ArrayList<>();
    private @Nullable String handle;

    Parameters(Dialect dialect) {
      this.dialect = dialect;
    }

    void add(Parameter parameter) {
      if (parameter.getType() == ToolContext.class) {
        slots.add(new Binder.Injected(context -> context));
        return;
      }
      Binder.Source injected = dialect.injected(parameter);
      slots.add(
          injected == null
              ? new Binder.Passed(argument(parameter))
              : new Binder.Injected(injected));
    }

    private Argument argument(Parameter parameter) {
      ArgumentSpec spec = dialect.argument(parameter);
      if (spec.name().isEmpty()) {
        throw new IllegalArgumentException(
            "parameter "
                + (slots.size() + 1)
                + " has no name (expected: @ToolArg(name = ...), or javac -parameters)");
      }
      JavaType type = JavaType.of(parameter.getParameterizedType());
      Shape shape = shapes.of(type);
      boolean isHandle = parameter.isAnnotationPresent(Handle.class);
      if (isHandle) {
        if (!shape.textual() || handle != null) {
          throw new IllegalArgumentException(
              "@Handle: " + type + " " + spec.name() + " (expected: one String a method)");
        }
        handle = spec.name();
      }
      return new Argument(
          spec.name(),
          spec.description(),
          shape,
          spec.required() && !isHandle,
          Defaults.parse(spec.name(), spec.defaultValue(), shape),
          spec.header());
    }
  }
}
