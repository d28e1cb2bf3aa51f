package io.mcpnode.server.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.AudioContent;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.SampleContent;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.SampleTool;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.ToolResult;
import io.mcpnode.api.ToolUse;
import io.mcpnode.feature.call.Blocks;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions to clients' models in the words of a revision, and what the models write. Tools, and
 * several blocks in a message, are known since 2025-11-25.
 */
final class Samples {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Samples() {}

  static Question<SampleResponse> question(SampleRequest request, Revision revision) {
    return new Question<>(
        usesTools(request) ? ClientCapability.SAMPLING_TOOLS : ClientCapability.SAMPLING,
        "sampling/createMessage",
        params(request, revision),
        request.timeout(),
        Samples::sampled);
  }

  private static boolean usesTools(SampleRequest request) {
    return !request.tools().isEmpty()
        || request.messages().stream()
            .flatMap(message -> message.content().stream())
            .anyMatch(block -> block instanceof ToolUse || block instanceof ToolResult);
  }

  private static ObjectNode params(SampleRequest request, Revision revision) {
    ObjectNode params = object();
    ArrayNode messages = params.putArray("messages");
    request.messages().forEach(message -> add(messages, message, revision));
    params.put("maxTokens", request.maxTokens());
    request.systemPrompt().ifPresent(prompt -> params.put("systemPrompt", prompt));
    request.temperature().ifPresent(temperature -> params.put("temperature", temperature));
    if (!request.stopSequences().isEmpty()) {
      request.stopSequences().forEach(params.putArray("stopSequences")::add);
    }
    if (!request.modelHints().isEmpty()) {
      ArrayNode hints = params.putObject("modelPreferences").putArray("hints");
      request.modelHints().forEach(model -> hints.addObject().put("name", model));
    }
    if (!request.tools().isEmpty()) {
      ArrayNode tools = params.putArray("tools");
      request.tools().forEach(tool -> tools.add(tool(tool)));
      if (request.toolChoice() != SampleRequest.ToolChoice.AUTO) {
        params.putObject("toolChoice").put("mode", lower(request.toolChoice()));
      }
    }
    return params;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static void add(ArrayNode messages, SampleRequest.Message message, Revision revision) {
    String role = lower(message.role());
    if (message.content().size() > 1 && revision.icons()) {
      ArrayNode content = messages.addObject().put("role", role).putArray("content");
      message.content().forEach(block -> content.add(block(block, revision)));
      return;
    }
    for (SampleContent block : message.content()) {
      messages.addObject().put("role", role).set("content", block(block, revision));
    }
  }

  private static JsonNode block(SampleContent block, Revision revision) {
    if (block instanceof ToolUse use) {
      ObjectNode node = object().put("type", "tool_use").put("id", use.id());
      return node.put("name", use.name()).set("input", Blocks.json(use.input()));
    }
    if (block instanceof ToolResult result) {
      return result(result, revision);
    }
    return MessageWriter.block(Blocks.of((ContentBlock) block), revision);
  }

  private static ObjectNode result(ToolResult result, Revision revision) {
    ObjectNode node = object().put("type", "tool_result").put("toolUseId", result.toolUseId());
    ArrayNode content = node.putArray("content");
    result.content().forEach(block -> content.add(MessageWriter.block(Blocks.of(block), revision)));
    result
        .structuredContent()
        .ifPresent(value -> node.set("structuredContent", Blocks.json(value)));
    return result.isError() ? node.put("isError", true) : node;
  }

  private static ObjectNode tool(SampleTool tool) {
    ObjectNode node = object().put("name", tool.name()).put("description", tool.description());
    try {
      JsonNode schema = MAPPER.readTree(tool.inputSchema());
      if (schema.path("type").asText().equals("object")) {
        return node.set("inputSchema", schema);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(wrongSchema(tool), e);
    }
    throw new IllegalArgumentException(wrongSchema(tool));
  }

  private static String wrongSchema(SampleTool tool) {
    return tool.name() + ": " + tool.inputSchema() + " (expected: a JSON Schema of an object)";
  }

  static SampleResponse sampled(JsonNode result) {
    List<SampleContent> content = new ArrayList<>();
    JsonNode sent = result.path("content");
    if (sent.isArray()) {
      sent.forEach(block -> read(content, block));
    } else {
      read(content, sent);
    }
    if (!result.path("model").isTextual() || (content.isEmpty() && !sent.isArray())) {
      throw new IllegalArgumentException("no model, or no content");
    }
    return new SampleResponse(
        content,
        result.path("model").textValue(),
        Optional.ofNullable(result.path("stopReason").textValue()));
  }

  /** What is not known is passed over. */
  private static void read(List<SampleContent> content, JsonNode block) {
    @Nullable String data = block.path("data").textValue();
    String type = block.path("type").asText();
    if (type.equals("text")) {
      content.add(TextContent.of(block.path("text").asText()));
    } else if (type.equals("image") && data != null) {
      content.add(new ImageContent(data, block.path("mimeType").asText()));
    } else if (type.equals("audio") && data != null) {
      content.add(new AudioContent(data, block.path("mimeType").asText()));
    } else if (type.equals("tool_use")) {
      content.add(use(block));
    }
  }

  private static ToolUse use(JsonNode block) {
    String id = block.path("id").textValue();
    String name = block.path("name").textValue();
    if (id == null || name == null) {
      throw new IllegalArgumentException("tool_use: no id, or no name");
    }
    Map<String, Object> input = new LinkedHashMap<>();
    block
        .path("input")
        .properties()
        .forEach(
            each -> input.put(each.getKey(), MAPPER.convertValue(each.getValue(), Object.class)));
    return new ToolUse(id, name, input);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
