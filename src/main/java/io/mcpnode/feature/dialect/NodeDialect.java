package io.mcpnode.feature.dialect;

import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor.Hints;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/** The annotations of {@code io.mcpnode.api}. */
final class NodeDialect implements Dialect {

  @Override
  public String annotation() {
    return Tool.class.getName();
  }

  @Override
  public @Nullable ToolSpec tool(Method method) {
    Tool tool = method.getAnnotation(Tool.class);
    if (tool == null) {
      return null;
    }
    Tool.Annotations said = tool.annotations();
    return new ToolSpec(
        tool.name().equals(Tool.ELEMENT_NAME) ? method.getName() : tool.name(),
        tool.title().isEmpty() ? said.title() : tool.title(),
        tool.description(),
        new Hints(
            unless(false, said.readOnlyHint()),
            unless(true, said.destructiveHint()),
            unless(false, said.idempotentHint()),
            unless(true, said.openWorldHint())),
        tool.structuredContent(),
        tool.outputSchemaFrom(),
        tool.inputSchema(),
        TaskSupport.valueOf(tool.taskSupport().name()),
        tool.taskOnDemand());
  }

  /** MCP's default need not be sent. */
  private static @Nullable Boolean unless(boolean byDefault, boolean said) {
    return said == byDefault ? null : said;
  }

  @Override
  public ArgumentSpec argument(Parameter parameter) {
    String element = parameter.isNamePresent() ? parameter.getName() : "";
    ToolArg said = parameter.getAnnotation(ToolArg.class);
    if (said == null) {
      return new ArgumentSpec(element, "", true, "", "");
    }
    return new ArgumentSpec(
        said.name().equals(ToolArg.ELEMENT_NAME) ? element : said.name(),
        said.description(),
        said.required(),
        said.defaultValue(),
        said.header());
  }
}
