package io.mcpnode.server;

import io.mcpnode.feature.Completion;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.Resource;
import io.mcpnode.feature.ResourceTemplate;
import io.mcpnode.protocol.Capabilities;
import io.mcpnode.protocol.Listing;
import io.mcpnode.protocol.ListingWriter;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.PromptDescriptor;
import io.mcpnode.protocol.ResourceDescriptor;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.ServerCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client may know of the features at one moment, with all that need not be worked out again
 * for each request. Immutable.
 */
final class FeatureCatalog {

  static final String RESOURCES = "resources";
  static final String TEMPLATES = "templates";
  static final String PROMPTS = "prompts";

  /** A template that fits an address, with the values of its variables. */
  record Match(ResourceTemplate template, Map<String, String> variables) {}

  /** In the words of one revision. */
  private static final class Words {
    final Listing resources;
    final Listing templates;
    final Listing prompts;
    final byte[] initializeResult;

    Words(Listing resources, Listing templates, Listing prompts, byte[] initializeResult) {
      this.resources = resources;
      this.templates = templates;
      this.prompts = prompts;
      this.initializeResult = initializeResult;
    }
  }

  private final Map<String, Resource> resources = new HashMap<>();
  private final List<ResourceTemplate> nearestFirst;
  private final Map<String, ResourceTemplate> templates = new HashMap<>();
  private final Map<String, Prompt> prompts = new HashMap<>();
  private final Map<Completion.Target, Completion> completions;
  private final Map<Revision, Words> words = new EnumMap<>(Revision.class);
  private final Capabilities capabilities;
  private final byte[] discoverResult;
  private final boolean lists;
  private final boolean contents;

  /**
   * @param changes clients can hear of changes
   * @param listChanged the features may change while the node runs
   */
  FeatureCatalog(
      FeatureSet set, ServerCard server, Cursors cursors, boolean changes, boolean listChanged) {
    set.resources().forEach(each -> resources.put(each.descriptor().uri(), each));
    set.templates().forEach(each -> templates.put(each.descriptor().uri(), each));
    set.prompts().forEach(each -> prompts.put(each.descriptor().name(), each));
    completions = set.completions();
    nearestFirst = new ArrayList<>(set.templates());
    nearestFirst.sort(
        Comparator.<ResourceTemplate>comparingInt(each -> -each.template().literalLength())
            .thenComparing(each -> each.descriptor().uri()));
    capabilities =
        new Capabilities(
            !set.tools().isEmpty(),
            !resources.isEmpty() || !templates.isEmpty(),
            !prompts.isEmpty(),
            !completions.isEmpty(),
            changes && listChanged,
            changes);
    lists = changes && listChanged;
    contents = changes && (listChanged || capabilities.resources());
    List<ResourceDescriptor> listed = set.resources().stream().map(Resource::descriptor).toList();
    List<ResourceDescriptor> families =
        set.templates().stream().map(ResourceTemplate::descriptor).toList();
    List<PromptDescriptor> asked = set.prompts().stream().map(Prompt::descriptor).toList();
    for (Revision revision : Revision.values()) {
      ListingWriter writer = new ListingWriter(revision, server);
      words.put(
          revision,
          new Words(
              writer.resources(listed, cursors.of(RESOURCES)),
              writer.templates(families, cursors.of(TEMPLATES)),
              writer.prompts(asked, cursors.of(PROMPTS)),
              server.initializeResult(revision, capabilities)));
    }
    discoverResult = server.discoverResult(capabilities);
  }

  /** Without what can't happen here, as the capabilities say. */
  ListenFilter heard(ListenFilter wanted) {
    return wanted.only(lists, contents);
  }

  /**
   * Whether clients may ask for this: a method that needs a capability is offered where the
   * capability is declared, any other one everywhere.
   */
  boolean offers(String method) {
    return switch (method) {
      case Methods.TOOLS_LIST, Methods.TOOLS_CALL -> capabilities.tools();
      case Methods.TASKS_GET, Methods.TASKS_RESULT, Methods.TASKS_LIST -> capabilities.tools();
      case Methods.TASKS_CANCEL, Methods.TASKS_UPDATE -> capabilities.tools();
      case Methods.RESOURCES_LIST, Methods.TEMPLATES_LIST -> capabilities.resources();
      case Methods.RESOURCES_READ -> capabilities.resources();
      case Methods.SUBSCRIBE, Methods.UNSUBSCRIBE -> capabilities.resources();
      case Methods.PROMPTS_LIST, Methods.PROMPTS_GET -> capabilities.prompts();
      case Methods.COMPLETE -> capabilities.completions();
      case Methods.SET_LEVEL -> capabilities.logging();
      default -> true;
    };
  }

  /** Whether clients are promised to hear of such changes. */
  boolean tells(StreamsProtocol.Change change) {
    return switch (change) {
      case TOOLS -> capabilities.tools() && capabilities.listChanged();
      case PROMPTS -> capabilities.prompts() && capabilities.listChanged();
      case RESOURCES -> capabilities.resources() && capabilities.listChanged();
      case RESOURCE -> capabilities.resources() && capabilities.subscribe();
    };
  }

  @Nullable Resource resource(String uri) {
    return resources.get(uri);
  }

  /** The nearest template that fits; null if none does. */
  @Nullable Match match(String uri) {
    for (ResourceTemplate template : nearestFirst) {
      Map<String, String> variables = template.template().match(uri);
      if (variables != null) {
        return new Match(template, variables);
      }
    }
    return null;
  }

  /** By the template itself. */
  @Nullable ResourceTemplate template(String uriTemplate) {
    return templates.get(uriTemplate);
  }

  @Nullable Prompt prompt(String name) {
    return prompts.get(name);
  }

  @Nullable Completion completion(Completion.Target target) {
    return completions.get(target);
  }

  Listing resources(Revision revision) {
    return in(revision).resources;
  }

  Listing templates(Revision revision) {
    return in(revision).templates;
  }

  Listing prompts(Revision revision) {
    return in(revision).prompts;
  }

  byte[] initializeResult(Revision revision) {
    return in(revision).initializeResult;
  }

  byte[] discoverResult() {
    return discoverResult;
  }

  private Words in(Revision revision) {
    return Objects.requireNonNull(words.get(revision));
  }
}
