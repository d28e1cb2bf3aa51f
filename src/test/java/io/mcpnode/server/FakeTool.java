package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Tool;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A tool made of a function. */
record FakeTool(
    ToolDescriptor descriptor,
    String handleArgument,
    BiFunction<ObjectNode, ToolContext, Future<ToolOutcome>> body)
    implements Tool {

  static final ToolDescriptor.Hints READ_ONLY = new ToolDescriptor.Hints(true, null, null, null);

  static FakeTool of(String name, BiFunction<ObjectNode, ToolContext, Future<ToolOutcome>> body) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties").putObject("region").put("x-mcp-header", "Region");
    return new FakeTool(
        new ToolDescriptor(name, null, name, schema, null, ToolDescriptor.Hints.NONE),
        "handle",
        body);
  }

  FakeTool with(ToolDescriptor.Hints hints) {
    return new FakeTool(
        new ToolDescriptor(
            descriptor.name(),
            null,
            descriptor.description(),
            descriptor.inputSchema(),
            null,
            hints),
        handleArgument,
        body);
  }

  FakeTool with(TaskSupport support) {
    return with(support, false);
  }

  FakeTool with(TaskSupport support, boolean onDemand) {
    return new FakeTool(
        new ToolDescriptor(
            descriptor.name(),
            null,
            descriptor.description(),
            descriptor.inputSchema(),
            null,
            descriptor.hints(),
            support,
            onDemand),
        handleArgument,
        body);
  }

  @Override
  public Future<ToolOutcome> call(ObjectNode arguments, ToolContext context) {
    return body.apply(arguments, context);
  }

  /** Tools and nothing else, which never change. */
  static FeatureRegistry registry(List<FakeTool> tools) {
    return new FakeFeatures(
        new FeatureSet(List.copyOf(tools), List.of(), List.of(), List.of(), Map.of()));
  }
}
