package io.mcpnode.feature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Features by their keys, each key once. For one thread.
 *
 * <p>A tool is taken by its name, a resource by its address, a template by its address and its
 * name, a prompt by its name, a completion by what it completes.
 */
final class FeatureTable {

  private final Map<String, Tool> tools = new TreeMap<>();
  private final Map<String, Resource> resources = new TreeMap<>();
  private final Map<String, ResourceTemplate> templates = new TreeMap<>();
  private final Map<String, Prompt> prompts = new TreeMap<>();
  private final Map<Completion.Target, Completion> completions = new HashMap<>();

  /** What of the set is here already, for people; such things are not added. */
  List<String> add(FeatureSet set) {
    List<String> taken = new ArrayList<>();
    for (Tool tool : set.tools()) {
      put(tools, tool.descriptor().name(), tool, "tool ", taken);
    }
    for (Resource resource : set.resources()) {
      put(resources, resource.descriptor().uri(), resource, "resource ", taken);
    }
    for (ResourceTemplate template : set.templates()) {
      put(templates, template.descriptor().uri(), template, "resource template ", taken);
    }
    for (Prompt prompt : set.prompts()) {
      put(prompts, prompt.descriptor().name(), prompt, "prompt ", taken);
    }
    set.completions().forEach(completions::putIfAbsent);
    return taken;
  }

  private static <T> void put(
      Map<String, T> map, String key, T feature, String kind, List<String> taken) {
    if (map.putIfAbsent(key, feature) != null) {
      taken.add(kind + key);
    }
  }

  void remove(FeatureSet set) {
    remove(tools, set.tools());
    remove(resources, set.resources());
    remove(templates, set.templates());
    remove(prompts, set.prompts());
    completions.values().removeAll(set.completions().values());
  }

  private static <T> void remove(Map<String, T> map, Collection<T> features) {
    map.values().removeAll(features);
  }

  FeatureSet set() {
    return new FeatureSet(
        List.copyOf(tools.values()),
        List.copyOf(resources.values()),
        List.copyOf(templates.values()),
        List.copyOf(prompts.values()),
        completions);
  }
}
