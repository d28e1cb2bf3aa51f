package io.mcpnode.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The table of keys as text: the effective settings, the commented file, the README's table. */
final class Manual {

  private static final Map<String, String> SECTIONS =
      Map.of(
          "node", "This node.",
          "server", "What clients are told of this server. The same on all nodes.",
          "http", "For MCP clients, and for operators on the same port.",
          "http.tls", "",
          "sessions", "Sessions of clients up to 2025-11-25, handles of clients from 2026-07-28.",
          "cluster",
              "Used with the flag -cluster only. All nodes need the same values but host,"
                  + " port and nodes.",
          "tracing", "Following calls through all nodes they touch.",
          "admin", "The routes under /cluster, and /metrics from elsewhere than loopback.",
          "features", "",
          "plugins", "");

  private static final int COMMENT_COLUMN = 36;

  private Manual() {}

  static String effective(Settings settings) {
    return yaml(key -> key.name() + ": " + effectiveValue(settings, key), section -> "");
  }

  /** The defaults with explanations; what has none is commented out. */
  static String commented() {
    return "# The settings of a node with their defaults; every line may be left out. An environment"
        + " variable\n# goes over the file: http.maxBodyBytes is MCP_NODE_HTTP_MAX_BODY_BYTES, lists"
        + " are separated by\n# commas. Durations: 500ms, 10s, 5m, 1h. Sizes: 512KiB, 4MiB. Unknown"
        + " keys are errors.\n\n"
        + yaml(
            Manual::commentedLine,
            section -> {
              String about = Objects.requireNonNull(SECTIONS.get(section), section);
              return about.isEmpty() ? "" : "# " + about + "\n";
            });
  }

  /** The README's table. */
  static String markdown() {
    StringBuilder out =
        new StringBuilder("| key | default | meaning | allowed |\n|---|---|---|---|\n");
    for (Key<?> key : Keys.ALL) {
      String value = defaultYaml(key);
      out.append("| `").append(key.path()).append("` | ");
      out.append(key.isOptional() ? "unset" : "`" + value + "`");
      out.append(" | ")
          .append(key.doc())
          .append(" | ")
          .append(key.type().allowed().replace("|", "\\|"));
      out.append(" |\n");
    }
    return out.toString();
  }

  private static String yaml(Function<Key<?>, String> line, Function<String, String> about) {
    StringBuilder out = new StringBuilder();
    String open = "";
    for (Key<?> key : Keys.ALL) {
      String section = key.section();
      if (!section.equals(open) && !open.startsWith(section + ".")) {
        out.append(about.apply(section)).append(indent(section, 0));
        out.append(section.substring(section.lastIndexOf('.') + 1)).append(":\n");
      }
      open = section;
      out.append(indent(section, 1)).append(line.apply(key)).append('\n');
    }
    return out.toString();
  }

  private static String indent(String section, int more) {
    int depth = (int) section.chars().filter(c -> c == '.').count() + more;
    return "  ".repeat(depth);
  }

  private static String commentedLine(Key<?> key) {
    String setting = (key.isOptional() ? "# " : "") + key.name() + ": " + defaultYaml(key);
    return setting.stripTrailing()
        + " ".repeat(Math.max(1, COMMENT_COLUMN - setting.stripTrailing().length()))
        + "# "
        + key.doc();
  }

  private static <T> String effectiveValue(Settings settings, Key<T> key) {
    T value = settings.find(key);
    if (value == null) {
      return "null";
    }
    String text = key.type().yaml(value);
    return key.secret() && !key.type().show(value).isEmpty() ? Yaml.quoted(Show.MASK) : text;
  }

  private static <T> String defaultYaml(Key<T> key) {
    T value = key.defaultValue();
    return value == null ? "" : key.type().yaml(value);
  }

  /** For the test that every section has its words. */
  static List<String> sections() {
    return List.copyOf(SECTIONS.keySet());
  }
}
