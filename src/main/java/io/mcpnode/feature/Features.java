package io.mcpnode.feature;

import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.demo.DemoTools;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.feature.plugin.Plugin;
import io.mcpnode.feature.plugin.PluginException;
import io.mcpnode.feature.plugin.PluginLoader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a node offers: what is built in and what the plugins bring. A plugin that can't be used
 * is named in the log with every reason and left out; it never stops the node. Of two features with
 * one key the first counts: built-in before plugins, plugins in the order of their file names.
 */
public final class Features implements FeatureRegistry, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Features.class);

  private final ReentrantLock changing = new ReentrantLock();
  private final FeatureTable table = new FeatureTable();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<PluginRegistrations> registrations = new ArrayList<>();
  private final BlockingCalls blocking;
  private final Compilers compilers;
  private final Counter faults;
  private volatile FeatureSet current = FeatureSet.EMPTY;

  /**
   * Loads; blocks on files and runs the constructors of plugins.
   *
   * @param directory of jars; it need not exist
   * @param demo with the built-in demonstration tools
   */
  public Features(Path directory, boolean demo, MeterRegistry meters) {
    this(directory, demo, new BlockingCalls(meters), meters);
  }

  Features(Path directory, boolean demo, BlockingCalls blocking, MeterRegistry meters) {
    this.blocking = blocking;
    this.compilers = Compilers.on(blocking);
    this.faults =
        Counter.builder("mcp.plugins.faults")
            .description("Plugins and features left out; the log says why")
            .register(meters);
    if (demo) {
      addBuiltIn();
    }
    PluginLoader loader = new PluginLoader(compilers, Features.class.getClassLoader());
    for (Path jar : jars(directory)) {
      addPlugin(loader, jar);
    }
  }

  private void addBuiltIn() {
    FeatureClasses classes =
        new FeatureClasses(compilers, () -> new PluginRegistrations(this, compilers));
    classes.add(DemoTools.class);
    if (!classes.faults().isEmpty()) {
      throw new IllegalStateException(String.join("; ", classes.faults()));
    }
    add(new Plugin("built-in", classes.features(), List.of(), classes.instances(), () -> {}));
  }

  private void addPlugin(PluginLoader loader, Path jar) {
    PluginRegistrations own = new PluginRegistrations(this, compilers);
    LOG.info("loads plugin {}", jar.getFileName());
    try {
      Plugin plugin = loader.load(jar, own::use);
      add(plugin);
      LOG.info(
          "plugin {}: {}; operations {}",
          plugin.name(),
          plugin.features(),
          plugin.operations().stream().map(it -> it.service() + "/" + it.name()).toList());
      if (own.used()) {
        registrations.add(own);
      }
    } catch (PluginException unusable) {
      own.close();
      faults.increment();
      for (String reason : unusable.reasons()) {
        LOG.error("plugin {} is left out: {}", jar.getFileName(), reason);
      }
    } catch (RuntimeException | LinkageError unexpected) {
      own.close();
      faults.increment();
      LOG.error("plugin {} is left out", jar.getFileName(), unexpected);
    }
  }

  private void add(Plugin plugin) {
    plugins.add(plugin);
    changing.lock();
    try {
      for (String taken : table.add(plugin.features())) {
        faults.increment();
        LOG.error("plugin {}: {} is left out: there is one already", plugin.name(), taken);
      }
      current = table.set();
    } finally {
      changing.unlock();
    }
  }

  private List<Path> jars(Path directory) {
    if (Files.notExists(directory)) {
      LOG.info("no plugins: {} does not exist", directory);
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException unreadable) {
      faults.increment();
      LOG.error("plugins: {} can't be read as a directory", directory, unreadable);
    }
    jars.sort(Comparator.comparing(jar -> String.valueOf(jar.getFileName())));
    return jars;
  }

  /**
   * Offers these too, all or none.
   *
   * @throws IllegalArgumentException naming what is taken
   */
  void register(FeatureSet more) {
    changing.lock();
    try {
      List<String> taken = table.add(more);
      if (!taken.isEmpty()) {
        table.remove(more);
        throw new IllegalArgumentException(
            "there already: " + String.join(", ", taken) + " (expected: new ones)");
      }
      current = table.set();
    } finally {
      changing.unlock();
    }
    listeners.forEach(Listener::changed);
  }

  void unregister(FeatureSet features) {
    changing.lock();
    try {
      table.remove(features);
      current = table.set();
    } finally {
      changing.unlock();
    }
    listeners.forEach(Listener::changed);
  }

  void resourceUpdated(String uri) {
    listeners.forEach(listener -> listener.resourceUpdated(uri));
  }

  void elicitationComplete(String session, String elicitation) {
    listeners.forEach(listener -> listener.elicitationComplete(session, elicitation));
  }

  @Override
  public FeatureSet current() {
    return current;
  }

  /** What plugins let other nodes and operators call; names may be there twice. */
  public List<Operation> operations() {
    return plugins.stream().flatMap(plugin -> plugin.operations().stream()).toList();
  }

  @Override
  public boolean changeable() {
    return !registrations.isEmpty();
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Interrupts running calls of blocking methods, then closes the plugins. */
  @Override
  public void close() {
    blocking.close();
    registrations.forEach(PluginRegistrations::close);
    plugins.forEach(Plugin::close);
  }
}
