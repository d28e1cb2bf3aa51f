package io.mcpnode.names;

import io.mcpnode.membership.Departure;
import io.mcpnode.names.ClusterNames.Holder;
import io.mcpnode.names.ClusterNames.NameDown;
import io.mcpnode.names.ClusterNames.NodeChange;
import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to be told of what. One thread. */
final class Monitors {

  private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

  /** A monitor of a name and whoever held it when it was set. */
  static final class OfName {
    private final String name;
    private final String tag;
    private final Holder holder;
    private final Consumer<NameDown> listener;
    private @Nullable Departure how;

    OfName(String name, String tag, Holder holder, Consumer<NameDown> listener) {
      this.name = name;
      this.tag = tag;
      this.holder = holder;
      this.listener = listener;
    }

    String name() {
      return name;
    }

    NodeId node() {
      return holder.node();
    }

    long term() {
      return holder.term();
    }

    private Reason reason(Reason otherwise) {
      Departure known = how;
      return known == null ? otherwise : Reason.of(known);
    }
  }

  private record OfNodes(String tag, Consumer<NodeChange> listener) {}

  private final Map<Long, OfName> names = new LinkedHashMap<>();
  private final Map<Long, OfNodes> nodes = new LinkedHashMap<>();
  private long last;

  int size() {
    return names.size() + nodes.size();
  }

  long add(OfName monitor) {
    names.put(++last, monitor);
    return last;
  }

  long add(String tag, Consumer<NodeChange> listener) {
    nodes.put(++last, new OfNodes(tag, listener));
    return last;
  }

  void remove(long id) {
    names.remove(id);
    nodes.remove(id);
  }

  void joined(NodeId node) {
    tellNodes(node, null);
  }

  /** An unreachable holder may come back: nothing is told of its names yet. */
  void gone(NodeId node, Departure how) {
    tellNodes(node, how);
    known(node, how);
  }

  /** It is known by now how the node went. */
  void known(NodeId node, Departure how) {
    names.values().stream().filter(it -> it.node().equals(node)).forEach(it -> it.how = how);
    if (how != Departure.UNREACHABLE) {
      down(it -> it.node().equals(node), Reason.of(how));
    }
  }

  private void tellNodes(NodeId node, @Nullable Departure how) {
    for (OfNodes monitor : List.copyOf(nodes.values())) {
      tell(() -> monitor.listener().accept(new NodeChange(monitor.tag(), node, how)));
    }
  }

  void released(String name, long term) {
    down(it -> it.name().equals(name) && it.term() <= term, Reason.RELEASED);
  }

  /**
   * Tells those whose holder is gone for good, or was found not to hold the name any more.
   *
   * @param otherwise the reason, if it is not known that the holder's node went
   */
  void down(Predicate<OfName> isDown, Reason otherwise) {
    List<OfName> told = new ArrayList<>();
    for (Iterator<OfName> all = names.values().iterator(); all.hasNext(); ) {
      OfName monitor = all.next();
      if (isDown.test(monitor)) {
        all.remove();
        told.add(monitor);
      }
    }
    for (OfName it : told) {
      NameDown down = new NameDown(it.tag, it.name, it.node(), it.reason(otherwise));
      tell(() -> it.listener.accept(down));
    }
  }

  /** The next ones in turn. */
  List<OfName> some(int count) {
    List<OfName> some = new ArrayList<>();
    for (Long id : List.copyOf(names.keySet())) {
      OfName monitor = names.remove(id);
      if (monitor != null) {
        names.put(id, monitor);
        some.add(monitor);
      }
      if (some.size() == count) {
        break;
      }
    }
    return some;
  }

  static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.error("A listener of names or nodes failed", e);
    }
  }
}
