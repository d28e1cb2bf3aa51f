package io.mcpnode.feature.dialect;

import io.mcpnode.feature.schema.Binder;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/** A library of annotations that this node understands. */
public interface Dialect {

  /** The binary name of the annotation that makes a method a tool. */
  String annotation();

  /** Null if the method is no tool in this dialect. */
  @Nullable ToolSpec tool(Method method);

  ArgumentSpec argument(Parameter parameter);

  /** What the dialect itself puts into the parameter; null: it is an argument. */
  default Binder.@Nullable Source injected(Parameter parameter) {
    return null;
  }
}
