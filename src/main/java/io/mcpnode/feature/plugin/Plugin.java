package io.mcpnode.feature.plugin;

import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded jar.
 *
 * @param name of the file
 * @param operations none twice
 * @param instances of its annotated classes
 */
public record Plugin(
    String name,
    FeatureSet features,
    List<Operation> operations,
    List<Object> instances,
    Closeable loader)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);

  public Plugin {
    operations = List.copyOf(operations);
    instances = List.copyOf(instances);
  }

  /** Closes the instances that can be closed, then the jar. */
  @Override
  public void close() {
    for (Object instance : instances) {
      if (instance instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failed) {
          LOG.warn("{}: {} did not close", name, instance.getClass().getName(), failed);
        }
      }
    }
    try {
      loader.close();
    } catch (IOException failed) {
      LOG.warn("{} did not close", name, failed);
    }
  }
}
