package io.mcpnode.membership;

import com.hazelcast.config.TcpIpConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Hazelcast looks for other clusters to merge with: the seeds of its running configuration,
 * which it reads each time. Hidden, it finds nobody. On one context.
 */
final class Seeds {

  private static final int MAX = 100;

  private final TcpIpConfig config;
  private final List<String> hidden = new ArrayList<>();
  private boolean isHidden;

  Seeds(TcpIpConfig config) {
    this.config = config;
  }

  /** Further seeds, each host:port; over the limit they are left out. */
  void add(String seed) {
    List<String> seeds = isHidden ? hidden : config.getMembers();
    if (!seeds.contains(seed) && seeds.size() < MAX) {
      if (isHidden) {
        hidden.add(seed);
      } else {
        config.addMember(seed);
      }
    }
  }

  void hide() {
    if (!isHidden) {
      isHidden = true;
      hidden.addAll(config.getMembers());
      config.setMembers(List.of());
    }
  }

  void show() {
    if (isHidden) {
      isHidden = false;
      config.setMembers(List.copyOf(hidden));
      hidden.clear();
    }
  }

  boolean isHidden() {
    return isHidden;
  }
}
