package io.mcpnode.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Picks the settings out of the environment. */
final class EnvSource {

  /** Read by logback.xml, before any file is; not a setting of a file. */
  static final String LOG_LEVEL = Key.ENV_PREFIX + "LOG_LEVEL";

  static final List<String> LOG_LEVELS = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  private EnvSource() {}

  /** Values by path. An unknown variable that begins like ours is a problem. */
  static Map<String, Found> read(Map<String, String> environment, List<Problem> problems) {
    Map<String, Key<?>> byName = new TreeMap<>();
    Keys.ALL.forEach(key -> byName.put(key.env(), key));
    Map<String, Found> values = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              Key<?> key = byName.get(name);
              if (key != null) {
                values.put(key.path(), new Found(text, Found.Form.EITHER, name));
              } else if (name.equals(LOG_LEVEL)) {
                checkLogLevel(text, problems);
              } else if (name.startsWith(Key.ENV_PREFIX)) {
                problems.add(
                    new Problem(
                        name,
                        "unknown variable" + Suggestion.forName(name, byName.keySet()),
                        "environment"));
              }
            });
    return values;
  }

  private static void checkLogLevel(String text, List<Problem> problems) {
    if (!LOG_LEVELS.contains(text)) {
      problems.add(
          new Problem(
              LOG_LEVEL,
              Show.quoted(text) + " (expected: " + String.join(" | ", LOG_LEVELS) + ")",
              "environment"));
    }
  }
}
