package io.mcpnode.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spans of a request, one {@code node hop} each: as the README tells it, and as it was. */
final class RequestWalk {

  private static final String SECTION = "## The way of one request";
  private static final Pattern STEP = Pattern.compile("(?m)^[0-9]+\\. (n[0-9])");
  private static final Pattern SPANS = Pattern.compile("Spans?:? ((?:`[a-z]+`(?:, | and )?)+)");
  private static final Pattern HOP = Pattern.compile("`([a-z]+)`");

  private RequestWalk() {}

  /** What the README says. */
  static List<String> told() {
    String text;
    try {
      text = Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int begin = text.indexOf(SECTION);
    String section = text.substring(begin, text.indexOf("\n## ", begin + 1));
    List<String> walk = new ArrayList<>();
    for (String step : section.split("(?m)(?=^[0-9]+\\. )")) {
      Matcher node = STEP.matcher(step);
      Matcher spans = SPANS.matcher(step);
      if (node.find() && spans.find()) {
        Matcher hop = HOP.matcher(spans.group(1));
        while (hop.find()) {
          walk.add(node.group(1) + " " + hop.group(1));
        }
      }
    }
    return walk;
  }

  /** A tree of {@code /cluster/traces}, each span before what happened within it. */
  static List<String> walked(JsonNode tree) {
    List<String> walk = new ArrayList<>();
    collect(tree, walk);
    return walk;
  }

  private static void collect(JsonNode tree, List<String> into) {
    if (tree.hasNonNull("spanId")) {
      String error = tree.hasNonNull("error") ? " " + tree.path("error").asText() : "";
      into.add(tree.path("node").asText() + " " + tree.path("hop").asText() + error);
    }
    tree.path("children").forEach(child -> collect(child, into));
  }

  /** The spans of this hop, in the order of {@link #walked}. */
  static List<JsonNode> hops(JsonNode tree, String hop) {
    List<JsonNode> found = new ArrayList<>();
    if (tree.path("hop").asText().equals(hop)) {
      found.add(tree);
    }
    tree.path("children").forEach(child -> found.addAll(hops(child, hop)));
    return found;
  }
}
