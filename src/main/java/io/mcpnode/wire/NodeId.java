package io.mcpnode.wire;

/**
 * A running node: its configured name and the incarnation, which grows with every start. A message
 * for a former incarnation finds no handler instead of the wrong one.
 */
public record NodeId(String name, long incarnation) implements Comparable<NodeId> {

  public NodeId {
    if (name.isEmpty() || name.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" (expected: not empty, without '#')");
    }
  }

  /** Reads what {@link #toString} writes, {@code name#incarnation}. */
  public static NodeId parse(String text) {
    int hash = text.lastIndexOf('#');
    if (hash < 0) {
      throw new IllegalArgumentException("node id: \"" + text + "\" (expected: name#incarnation)");
    }
    return new NodeId(text.substring(0, hash), Long.parseLong(text.substring(hash + 1)));
  }

  @Override
  public int compareTo(NodeId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Long.compare(incarnation, other.incarnation);
  }

  @Override
  public String toString() {
    return name + '#' + incarnation;
  }
}
