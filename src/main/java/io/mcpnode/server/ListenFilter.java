package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client of 2026-07-28 wants to hear of.
 *
 * @param uris of single resources
 * @param tasks ids of tasks
 */
record ListenFilter(
    boolean tools, boolean prompts, boolean resources, Set<String> uris, Set<String> tasks) {

  static final int MAX_URIS = 1_000;
  static final int MAX_TASKS = 100;

  private static final int MAX_LENGTH = 4_096;

  /** Of the params of {@code subscriptions/listen}; null if they are wrong. */
  static @Nullable ListenFilter of(ObjectNode params) {
    JsonNode wanted = params.path("notifications");
    Set<String> uris = texts(wanted.path("resourceSubscriptions"), MAX_URIS);
    Set<String> tasks = texts(wanted.path("taskIds"), MAX_TASKS);
    JsonNode tools = wanted.path("toolsListChanged");
    JsonNode prompts = wanted.path("promptsListChanged");
    JsonNode resources = wanted.path("resourcesListChanged");
    boolean right = yesOrNo(tools) && yesOrNo(prompts) && yesOrNo(resources);
    return wanted.isObject() && right && uris != null && tasks != null
        ? new ListenFilter(
            tools.booleanValue(), prompts.booleanValue(), resources.booleanValue(), uris, tasks)
        : null;
  }

  private static boolean yesOrNo(JsonNode wanted) {
    return wanted.isMissingNode() || wanted.isBoolean();
  }

  /** Null if it is no list of texts, or a larger one. */
  private static @Nullable Set<String> texts(JsonNode list, int most) {
    if (!(list.isMissingNode() || list.isArray()) || list.size() > most) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode text : list) {
      if (!text.isTextual() || text.textValue().length() > MAX_LENGTH) {
        return null;
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  /**
   * What is left of it where not all can be heard of.
   *
   * @param lists their changes can be
   * @param contents those of single resources can be
   */
  ListenFilter only(boolean lists, boolean contents) {
    return new ListenFilter(
        tools && lists, prompts && lists, resources && lists, contents ? uris : Set.of(), tasks);
  }

  boolean wants(StreamsProtocol.Announce change) {
    return switch (change.change()) {
      case TOOLS -> tools;
      case PROMPTS -> prompts;
      case RESOURCES -> resources;
      case RESOURCE -> uris.contains(change.uri());
    };
  }

  /**
   * As the client is told what it will hear of.
   *
   * @param heard those of the tasks that are there
   */
  ObjectNode json(List<String> heard) {
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    if (tools) {
      filter.put("toolsListChanged", true);
    }
    if (prompts) {
      filter.put("promptsListChanged", true);
    }
    if (resources) {
      filter.put("resourcesListChanged", true);
    }
    if (!uris.isEmpty()) {
      uris.forEach(filter.putArray("resourceSubscriptions")::add);
    }
    if (!heard.isEmpty()) {
      heard.forEach(filter.putArray("taskIds")::add);
    }
    return filter;
  }
}
