package io.mcpnode.feature.plugin;

import java.util.List;

/** A jar that can't be used; one reason a fault, each with the class it is in. */
public final class PluginException extends Exception {

  private final List<String> reasons;

  PluginException(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  public List<String> reasons() {
    return reasons;
  }
}
