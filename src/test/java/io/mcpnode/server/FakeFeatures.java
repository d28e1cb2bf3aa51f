package io.mcpnode.server;

import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.FeatureSet;
import java.util.ArrayList;
import java.util.List;

/** A registry that a test changes. */
final class FakeFeatures implements FeatureRegistry {

  private final List<Listener> listeners = new ArrayList<>();
  private FeatureSet current;

  FakeFeatures(FeatureSet current) {
    this.current = current;
  }

  void change(FeatureSet next) {
    current = next;
    listeners.forEach(Listener::changed);
  }

  void updated(String uri) {
    listeners.forEach(listener -> listener.resourceUpdated(uri));
  }

  @Override
  public FeatureSet current() {
    return current;
  }

  @Override
  public boolean changeable() {
    return true;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
