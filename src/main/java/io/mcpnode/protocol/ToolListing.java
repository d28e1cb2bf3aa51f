package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A tool in {@code tools/list}, as each revision knows tools. */
final class ToolListing {

  private ToolListing() {}

  static void tool(JsonOut out, ToolDescriptor tool, Revision revision) {
    out.raw("{\"name\":").string(tool.name());
    String title = tool.title();
    if (title != null && revision.structured()) {
      out.raw(",\"title\":").string(title);
    }
    out.raw(",\"description\":").string(tool.description());
    out.raw(",\"inputSchema\":").node(tool.inputSchema());
    JsonNode output = tool.outputSchema();
    if (output != null && shows(output, revision)) {
      out.raw(",\"outputSchema\":").node(output);
    }
    hints(out, tool.hints());
    if (revision.tasks() && tool.taskSupport() != TaskSupport.FORBIDDEN) {
      out.raw(",\"execution\":{\"taskSupport\":").string(tool.taskSupport().wire()).raw('}');
    }
    ExtrasWriter.item(out, tool.extras(), revision);
    out.raw('}');
  }

  /** Revisions with sessions know output that is an object, and the first one none at all. */
  private static boolean shows(JsonNode output, Revision revision) {
    return revision.modern()
        || (revision.structured() && output.path("type").asText().equals("object"));
  }

  private static void hints(JsonOut out, ToolDescriptor.Hints hints) {
    if (hints.equals(ToolDescriptor.Hints.NONE)) {
      return;
    }
    out.raw(",\"annotations\":");
    char separator = '{';
    separator = hint(out, separator, "readOnlyHint", hints.readOnly());
    separator = hint(out, separator, "destructiveHint", hints.destructive());
    separator = hint(out, separator, "idempotentHint", hints.idempotent());
    hint(out, separator, "openWorldHint", hints.openWorld());
    out.raw('}');
  }

  private static char hint(JsonOut out, char separator, String name, @Nullable Boolean value) {
    if (value == null) {
      return separator;
    }
    out.raw(separator).string(name).raw(':').raw(value.toString());
    return ',';
  }
}
