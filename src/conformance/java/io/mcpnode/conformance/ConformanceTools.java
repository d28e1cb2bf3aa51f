package io.mcpnode.conformance;

import io.mcpnode.api.Annotations;
import io.mcpnode.api.AudioContent;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.EmbeddedResource;
import io.mcpnode.api.Icons;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.MetaField;
import io.mcpnode.api.Role;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import io.mcpnode.api.ToolResponse;
import java.util.List;
import java.util.Map;

/** The tools that the official MCP conformance tool calls by name. */
@Icons(iconProvider = ConformanceIcons.class)
public class ConformanceTools {

  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
  private static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

  private static final String CONTACT_SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
          "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
          }
        },
        "properties": {
          "name": {"type": "string"},
          "address": {"$ref": "#/$defs/address"},
          "contactMethod": {"type": "string", "enum": ["phone", "email"]},
          "phone": {"type": "string"},
          "email": {"type": "string"}
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false
      }
      """;

  @Tool(
      name = "test_simple_text",
      description = "Answers with text",
      annotations = @Tool.Annotations(readOnlyHint = true))
  @MetaField(
      prefix = "com.example/",
      name = "fixture",
      type = MetaField.Type.JSON,
      value = "[1, {}]")
  public ToolResponse simpleText() {
    Annotations hints = Annotations.builder().setAudience(Role.USER).setPriority(0.5).build();
    return ToolResponse.builder()
        .addContent(
            TextContent.builder("This is a simple text response for testing.")
                .setAnnotations(hints)
                .putMetadata("com.example/block", true)
                .build())
        .putMetadata("com.example/result", 1)
        .build();
  }

  @Tool(
      name = "test_image_content",
      description = "Answers with a picture of one pixel",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public ImageContent image() {
    return new ImageContent(PNG, "image/png");
  }

  @Tool(
      name = "test_audio_content",
      description = "Answers with a sound",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public AudioContent audio() {
    return new AudioContent(WAV, "audio/wav");
  }

  @Tool(
      name = "test_embedded_resource",
      description = "Answers with a resource and its contents",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public EmbeddedResource embedded() {
    return EmbeddedResource.builder(
            "This is an embedded resource content.", "test://embedded-resource")
        .setMimeType("text/plain")
        .build();
  }

  @Tool(
      name = "test_multiple_content_types",
      description = "Answers with text, a picture and a resource",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public List<ContentBlock> mixed() {
    return List.of(
        TextContent.of("Multiple content types test:"),
        new ImageContent(PNG, "image/png"),
        EmbeddedResource.builder(
                "{\"test\":\"data\",\"value\":123}", "test://mixed-content-resource")
            .setMimeType("application/json")
            .build());
  }

  @Tool(
      name = "test_error_handling",
      description = "Always fails",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String fail() {
    throw new IllegalStateException("This tool intentionally returns an error for testing");
  }

  @Tool(
      name = "test_tool_with_progress",
      description = "Reports progress three times",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String progress(ToolContext context) throws InterruptedException {
    for (int percent = 0; percent <= 100; percent += 50) {
      context.progress(percent, 100, "Completed step " + percent + " of 100");
      Thread.sleep(50);
    }
    return "Tool with progress executed successfully";
  }

  @Tool(
      name = "json_schema_2020_12_tool",
      description = "Has an input schema with the keywords of JSON Schema 2020-12",
      inputSchema = CONTACT_SCHEMA,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String contact(
      @ToolArg(name = "name", required = false) String name,
      @ToolArg(name = "address", required = false) Map<String, Object> address) {
    return "JSON Schema 2020-12 tool called with name " + name + " and address " + address;
  }

  @Tool(
      name = "test_x_mcp_header",
      description = "Has an argument that clients repeat in a header",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String header(
      @ToolArg(name = "region", required = false, header = "Region") String region,
      @ToolArg(name = "level", required = false) Integer level) {
    return "region " + region + ", level " + level;
  }
}
