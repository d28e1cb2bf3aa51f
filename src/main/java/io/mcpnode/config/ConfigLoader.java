package io.mcpnode.config;

import io.mcpnode.NodeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node: defaults, a file over them, environment variables over both. Nothing is
 * guessed: an unknown key or variable, a key given twice and a value out of bounds are errors, and
 * all of them are told at once.
 */
public final class ConfigLoader {

  private final Settings settings;
  private final NodeConfig config;

  private ConfigLoader(Settings settings, boolean clustered) {
    this.settings = settings;
    this.config = Assembly.nodeConfig(settings, clustered);
  }

  /**
   * @param file YAML, or JSON if its name ends with {@code .json}; null: none
   * @param environment variables by name; those that do not begin with {@code MCP_NODE_} are for
   *     others
   * @param clustered the node shall join a cluster, which makes some settings necessary
   * @throws ConfigException with everything that is wrong
   */
  public static ConfigLoader load(
      @Nullable Path file, Map<String, String> environment, boolean clustered)
      throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    Map<String, Found> fromFile = file == null ? Map.of() : FileSource.read(file, problems);
    Map<String, Found> fromEnvironment = EnvSource.read(environment, problems);
    Settings settings = new Settings(List.of(fromEnvironment, fromFile), problems);
    problems.addAll(Relations.check(settings, clustered));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new ConfigLoader(settings, clustered);
  }

  public NodeConfig config() {
    return config;
  }

  /** As YAML that can be loaded again; secrets are masked. */
  public String print() {
    return Manual.effective(settings);
  }
}
