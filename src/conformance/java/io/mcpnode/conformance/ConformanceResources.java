package io.mcpnode.conformance;

import io.mcpnode.api.CompleteArg;
import io.mcpnode.api.CompleteResourceTemplate;
import io.mcpnode.api.Icons;
import io.mcpnode.api.MetaField;
import io.mcpnode.api.Resource;
import io.mcpnode.api.ResourceTemplate;
import io.mcpnode.api.ResourceTemplateArg;
import java.util.Base64;
import java.util.List;

/** The resources that the official MCP conformance tool reads by address. */
@Icons(iconProvider = ConformanceIcons.class)
public class ConformanceResources {

  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  @Resource(
      uri = "test://static-text",
      name = "Static Text Resource",
      description = "Text that never changes",
      mimeType = "text/plain")
  @MetaField(
      prefix = "com.example/",
      name = "fixture",
      type = MetaField.Type.JSON,
      value = "[1, {}]")
  public String text() {
    return "This is the content of the static text resource.";
  }

  @Resource(
      uri = "test://static-binary",
      name = "Static Binary Resource",
      description = "A picture of one pixel",
      mimeType = "image/png")
  public byte[] binary() {
    return Base64.getDecoder().decode(PNG);
  }

  @Resource(
      uri = "test://watched-resource",
      name = "Watched Resource",
      description = "To be subscribed to",
      mimeType = "text/plain")
  public String watched() {
    return "Watched resource content";
  }

  @MetaField(
      prefix = "com.example/",
      name = "fixture",
      type = MetaField.Type.JSON,
      value = "[1, {}]")
  @ResourceTemplate(
      uriTemplate = "test://template/{id}/data",
      name = "Resource Template",
      description = "Data for any id",
      mimeType = "application/json")
  public String data(@ResourceTemplateArg(name = "id") String id) {
    return "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}";
  }

  @CompleteResourceTemplate("Resource Template")
  public List<String> ids(@CompleteArg(name = "id") String typed) {
    return List.of("123", "456").stream().filter(id -> id.startsWith(typed)).toList();
  }
}
