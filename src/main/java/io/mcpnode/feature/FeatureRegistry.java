package io.mcpnode.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this node offers, and who wants to know when that changes. */
public interface FeatureRegistry {

  FeatureSet current();

  /** The tools of now, by name. */
  default List<Tool> tools() {
    return current().tools();
  }

  /** Looks through the tools of now. */
  default @Nullable Tool tool(String name) {
    for (Tool tool : tools()) {
      if (tool.descriptor().name().equals(name)) {
        return tool;
      }
    }
    return null;
  }

  /** Something here may change it while the node runs. */
  boolean changeable();

  /** The listener hears of what happens from now on, on the thread that makes it happen. */
  void listen(Listener listener);

  /** Told of changes. */
  interface Listener {

    /** {@link #current} is another one now. Calls for several changes may overlap. */
    void changed();

    /** The contents of a resource are others now. */
    void resourceUpdated(String uri);

    /** What the user of a session was sent to a page for is done. */
    void elicitationComplete(String session, String elicitation);
  }
}
