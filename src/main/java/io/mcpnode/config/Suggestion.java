package io.mcpnode.config;

import java.util.Collection;
import java.util.Optional;

/** Ends a message about an unknown name. */
final class Suggestion {

  private Suggestion() {}

  /** The nearest path; a right name in the wrong section counts as near. */
  static String forPath(String path, Collection<String> known) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    Optional<String> meant =
        Nearest.to(path, known)
            .or(() -> known.stream().filter(k -> k.endsWith("." + name)).findFirst());
    return words(meant);
  }

  static String forName(String name, Collection<String> known) {
    return words(Nearest.to(name, known));
  }

  private static String words(Optional<String> meant) {
    return meant.map(name -> ", did you mean " + name + "?").orElse("");
  }
}
