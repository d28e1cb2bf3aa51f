package io.mcpnode.feature;

import io.mcpnode.api.Registrations;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.plugin.FeatureClasses;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one plugin changes while the node runs. */
final class PluginRegistrations implements Registrations, AutoCloseable {

  private final Features features;
  private final Compilers compilers;
  private final Set<Added> live = ConcurrentHashMap.newKeySet();
  private volatile boolean used;
  private volatile boolean closed;

  PluginRegistrations(Features features, Compilers compilers) {
    this.features = features;
    this.compilers = compilers;
  }

  /** Hands itself to a class of the plugin. */
  Registrations use() {
    used = true;
    return this;
  }

  boolean used() {
    return used;
  }

  @Override
  public Registration add(Object instance) {
    FeatureClasses classes = new FeatureClasses(compilers, () -> this);
    classes.add(instance);
    List<String> faults = classes.faults();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    if (closed) {
      throw new IllegalStateException("the plugin is closed");
    }
    Added added = new Added(classes.features());
    features.register(added.set);
    live.add(added);
    if (closed) {
      added.close();
    }
    return added;
  }

  @Override
  public void resourceUpdated(String uri) {
    features.resourceUpdated(uri);
  }

  @Override
  public void elicitationComplete(String sessionId, String elicitationId) {
    features.elicitationComplete(sessionId, elicitationId);
  }

  /** Takes back all of it. */
  @Override
  public void close() {
    closed = true;
    live.forEach(Added::close);
  }

  private final class Added implements Registration {
    private final FeatureSet set;

    Added(FeatureSet set) {
      this.set = set;
    }

    @Override
    public void close() {
      if (live.remove(this)) {
        features.unregister(set);
      }
    }
  }
}
