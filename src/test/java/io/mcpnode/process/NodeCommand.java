package io.mcpnode.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How a node is started: arguments, settings from the environment, options of its JVM. */
public final class NodeCommand {

  private static final Path JAR =
      Path.of(System.getProperty("mcpnode.jar", "target/mcp-node.jar")).toAbsolutePath();
  private static final Path LOGS = Path.of("target/process-logs").toAbsolutePath();
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final String name;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> before = new ArrayList<>();
  private final List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
  private final List<String> arguments = new ArrayList<>();

  private NodeCommand(String name) {
    this.name = name;
    set("node.name", name);
    set("http.port", "0");
  }

  /** A standalone node on any free port. */
  public static NodeCommand node(String name) {
    return new NodeCommand(name);
  }

  /** Sets a configuration key, such as {@code http.port}, through its environment variable. */
  public NodeCommand set(String key, String value) {
    settings.put(variable(key), value);
    return this;
  }

  static String variable(String key) {
    StringBuilder name = new StringBuilder("MCP_NODE_");
    for (char c : key.toCharArray()) {
      if (c == '.') {
        name.append('_');
      } else {
        if (Character.isUpperCase(c)) {
          name.append('_');
        }
        name.append(Character.toUpperCase(c));
      }
    }
    return name.toString();
  }

  /** Takes the setting back, so that the default counts. */
  public NodeCommand unset(String key) {
    settings.remove(variable(key));
    return this;
  }

  public NodeCommand argument(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  public NodeCommand jvm(String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  /** A command that runs the JVM and becomes it, such as {@code taskset -c 0}. */
  public NodeCommand under(String... command) {
    before.addAll(List.of(command));
    return this;
  }

  /** Starts the process; does not wait for anything. */
  public NodeProcess start() {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException(JAR + " is missing; build it with: mvn package -DskipTests");
    }
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String common = System.getProperty("mcpnode.jvm", "");
    if (!common.isBlank()) {
      command.addAll(List.of(common.split(" +")));
    }
    command.addAll(jvm);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(arguments);
    try {
      Files.createDirectories(LOGS);
      Path log =
          LOGS.resolve(
              "%s-%d-%d.log"
                  .formatted(name, ProcessHandle.current().pid(), STARTED.incrementAndGet()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("MCP_NODE_"));
      builder.environment().putAll(settings);
      return new NodeProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
