package io.mcpnode.replication;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;

/** The order of pages; sent to the nodes that sort. */
final class ByKey implements Comparator<Map.Entry<String, Stored>>, Serializable {

  private static final long serialVersionUID = 1;

  @Override
  public int compare(Map.Entry<String, Stored> a, Map.Entry<String, Stored> b) {
    return a.getKey().compareTo(b.getKey());
  }
}
