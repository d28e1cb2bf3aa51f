package io.mcpnode.config;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes scalars so that any YAML reader takes them for what they are. */
final class Yaml {

  private static final Pattern PLAIN =
      Pattern.compile(
          "-?[0-9]+(\\.[0-9]+)?|[0-9]+(ms|s|m|h|KiB|MiB|GiB)|[0-9]+(\\.[0-9]+){3}|[A-Za-z/][A-Za-z0-9_./-]*");

  /** YAML 1.1 reads these as something else than text. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "null", "true", "false");

  private Yaml() {}

  /** The text of a boolean or a number stays one. */
  static String scalar(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text;
    }
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? text
        : quoted(text);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
