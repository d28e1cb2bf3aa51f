package io.mcpnode.feature.plugin;

import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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
  private static final Duration CLOSING = Duration.ofSeconds(5);

  public Plugin {
    operations = List.copyOf(operations);
    instances = List.copyOf(instances);
  }

  /** Closes the instances that can be closed, then the jar. Blocks, for 5 seconds at most. */
  @Override
  public void close() {
    if (instances.stream().anyMatch(AutoCloseable.class::isInstance)) {
      try {
        PluginThread.run(name, CLOSING, this::closeInstances, done -> {});
      } catch (TimeoutException | ExecutionException e) {
        LOG.warn("{} did not close: {}", name, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.warn("{}: interrupted while it closes", name);
      }
    }
    try {
      loader.close();
    } catch (IOException failed) {
      LOG.warn("{} did not close", name, failed);
    }
  }

  private boolean closeInstances() {
    for (Object instance : instances) {
      if (instance instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failed) {
          LOG.warn("{}: {} did not close", name, instance.getClass().getName(), failed);
        }
      }
    }
    return true;
  }
}
