package io.mcpnode.protocol;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The results of the list methods, as one revision knows what is in them. */
public final class ListingWriter {

  private final Revision revision;
  private final byte[] tail;
  private final int pageSize;

  public ListingWriter(Revision revision, ServerCard server) {
    this(revision, server, Listing.PAGE);
  }

  ListingWriter(Revision revision, ServerCard server, int pageSize) {
    this.revision = revision;
    this.pageSize = pageSize;
    tail = server.listTail(revision);
  }

  /**
   * @param cursor makes the cursor for the page behind a name
   */
  public Listing tools(List<ToolDescriptor> tools, UnaryOperator<String> cursor) {
    return listing("tools", tools, ToolDescriptor::name, this::tool, cursor);
  }

  public Listing resources(List<ResourceDescriptor> resources, UnaryOperator<String> cursor) {
    return listing(
        "resources", resources, ResourceDescriptor::uri, r -> resource(r, "uri"), cursor);
  }

  public Listing templates(List<ResourceDescriptor> templates, UnaryOperator<String> cursor) {
    return listing(
        "resourceTemplates",
        templates,
        ResourceDescriptor::uri,
        r -> resource(r, "uriTemplate"),
        cursor);
  }

  public Listing prompts(List<PromptDescriptor> prompts, UnaryOperator<String> cursor) {
    return listing("prompts", prompts, PromptDescriptor::name, this::prompt, cursor);
  }

  private <T> Listing listing(
      String member,
      List<T> all,
      Function<T, String> key,
      Function<T, JsonOut> item,
      UnaryOperator<String> cursor) {
    List<Listing.Item> items =
        all.stream()
            .map(each -> new Listing.Item(key.apply(each), item.apply(each).toByteArray()))
            .toList();
    return new Listing(member, items, tail, cursor, pageSize);
  }

  private JsonOut tool(ToolDescriptor tool) {
    JsonOut out = new JsonOut(512);
    ToolListing.tool(out, tool, revision);
    return out;
  }

  private JsonOut resource(ResourceDescriptor resource, String address) {
    JsonOut out = new JsonOut(256).raw('{').string(address).raw(':').string(resource.uri());
    out.raw(",\"name\":").string(resource.name());
    named(out, resource.title(), resource.description());
    out.optional("mimeType", resource.mimeType());
    Long size = resource.size();
    if (size != null) {
      out.raw(",\"size\":").raw(size.toString());
    }
    ExtrasWriter.hints(out, resource.hints(), revision);
    ExtrasWriter.item(out, resource.extras(), revision);
    return out.raw('}');
  }

  private JsonOut prompt(PromptDescriptor prompt) {
    JsonOut out = new JsonOut(256).raw("{\"name\":").string(prompt.name());
    named(out, prompt.title(), prompt.description());
    char separator = '[';
    for (PromptDescriptor.Argument argument : prompt.arguments()) {
      out.raw(separator == '[' ? ",\"arguments\":[" : ",");
      separator = ',';
      out.raw("{\"name\":").string(argument.name());
      named(out, argument.title(), argument.description());
      out.raw(argument.required() ? ",\"required\":true}" : "}");
    }
    if (separator == ',') {
      out.raw(']');
    }
    ExtrasWriter.item(out, prompt.extras(), revision);
    return out.raw('}');
  }

  private void named(JsonOut out, @Nullable String title, @Nullable String description) {
    out.optional("title", revision.structured() ? title : null);
    out.optional("description", description);
  }
}
