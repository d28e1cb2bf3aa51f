package io.mcpnode.protocol;

/**
 * What a server says it can do, computed from what it has.
 *
 * @param listChanged clients hear of changes of the lists
 * @param subscribe clients hear of changes of resources they subscribed to
 */
public record Capabilities(
    boolean tools,
    boolean resources,
    boolean prompts,
    boolean completions,
    boolean listChanged,
    boolean subscribe) {

  private static final String LEGACY_TASKS =
      "\"list\":{},\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}";

  /** Any tool, resource or prompt may log. */
  public boolean logging() {
    return tools || resources || prompts;
  }

  /** The {@code ServerCapabilities} object. */
  String json(Revision revision) {
    String changes = listChanged ? "\"listChanged\":true" : "";
    StringBuilder json = new StringBuilder("{");
    member(json, tools, "tools", changes);
    String resource = subscribe ? "\"subscribe\":true" : "";
    String both = resource + (resource.isEmpty() || changes.isEmpty() ? "" : ",") + changes;
    member(json, resources, "resources", both);
    member(json, prompts, "prompts", changes);
    member(json, completions, "completions", "");
    member(json, logging(), "logging", "");
    if (revision.modern()) {
      member(json, tools, "extensions", "\"" + Methods.TASKS_EXTENSION + "\":{}");
    } else {
      member(json, tools && revision.tasks(), "tasks", LEGACY_TASKS);
    }
    return json.append('}').toString();
  }

  private static void member(StringBuilder json, boolean there, String name, String inside) {
    if (there) {
      json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":{");
      json.append(inside).append('}');
    }
  }
}
