package io.mcpnode.feature.dialect;

import io.mcpnode.feature.schema.Binder;
import io.mcpnode.feature.schema.Reasons;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor.Hints;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's {@code @Tool}, {@code @P} and {@code @ToolMemoryId}, read by name: the plugin
 * brings the library, the node needs none.
 */
final class LangChain4jDialect implements Dialect {

  private static final String PACKAGE = "dev.langchain4j.agent.tool.";

  /** The memory id that LangChain4j itself uses where nothing gives one. */
  private static final String DEFAULT_MEMORY = "default";

  @Override
  public String annotation() {
    return PACKAGE + "Tool";
  }

  @Override
  public @Nullable ToolSpec tool(Method method) {
    Annotation tool = find(method, "Tool");
    if (tool == null) {
      return null;
    }
    String name = (String) value(tool, "name");
    String[] lines = (String[]) value(tool, "value");
    return new ToolSpec(
        name.isEmpty() ? method.getName() : name,
        "",
        String.join("\n", lines),
        Hints.NONE,
        false,
        Void.class,
        "",
        TaskSupport.FORBIDDEN,
        false);
  }

  @Override
  public ArgumentSpec argument(Parameter parameter) {
    Annotation said = find(parameter, "P");
    // As LangChain4j does, arg0 where the compiler kept no names.
    return said == null
        ? new ArgumentSpec(parameter.getName(), "", true, "", "")
        : new ArgumentSpec(
            parameter.getName(),
            (String) value(said, "value"),
            (Boolean) value(said, "required"),
            "",
            "");
  }

  @Override
  public Binder.@Nullable Source injected(Parameter parameter) {
    if (find(parameter, "ToolMemoryId") == null) {
      return null;
    }
    if (!parameter.getType().isAssignableFrom(String.class)) {
      throw new IllegalArgumentException(
          "@ToolMemoryId: " + parameter.getType().getName() + " (expected: String or Object)");
    }
    return context -> context.sessionId().orElse(DEFAULT_MEMORY);
  }

  private static @Nullable Annotation find(AnnotatedElement element, String name) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getName().equals(PACKAGE + name)) {
        return annotation;
      }
    }
    return null;
  }

  private static Object value(Annotation annotation, String attribute) {
    try {
      return annotation.annotationType().getMethod(attribute).invoke(annotation);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalArgumentException(
          "@"
              + annotation.annotationType().getName()
              + " has no readable attribute \""
              + attribute
              + "\" (expected: LangChain4j 1.x): "
              + Reasons.withType(unreadable),
          unreadable);
    }
  }
}
