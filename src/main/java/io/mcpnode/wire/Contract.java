package io.mcpnode.wire;

import java.util.List;

/**
 * The messages of one component in one version. A message's tag is its place in the list, so the
 * list only ever grows at its end, and after a release not at all: a change is a new version.
 *
 * @param component the name in the address, {@code mcp.<component>.v<version>.<node>}
 */
public record Contract(String component, int version, List<Class<? extends WireMessage>> messages) {

  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Contract of(
      String component, int version, Class<? extends WireMessage>... messages) {
    return new Contract(component, version, List.of(messages));
  }

  /** The event bus address of this component on a node. */
  public String address(NodeId node) {
    return "mcp." + component + ".v" + version + "." + node;
  }
}
