package io.mcpnode.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the benchmark runs. */
final class Machine {

  /** When this process began: afterwards it may be bound to fewer. */
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private Machine() {}

  /** Servers have the first core for themselves, as far as we are concerned. */
  static String[] onServerCore() {
    return cores() > 1 ? new String[] {"taskset", "-c", "0"} : new String[0];
  }

  static List<String> onLoadCore() {
    return cores() > 1 ? List.of("taskset", "-c", "1") : List.of();
  }

  static int cores() {
    return CORES;
  }

  /** Runs a client within this process on the load's core, as wrk runs there. */
  static void onLoadCore(Runnable client) {
    bind(cores() > 1 ? "1" : "0");
    try {
      client.run();
    } finally {
      bind("0-" + (cores() - 1));
    }
  }

  /** All threads of this process; those that they start have the same cores. */
  private static void bind(String list) {
    String pid = Long.toString(ProcessHandle.current().pid());
    if (output("taskset", "-a", "-c", "-p", list, pid).isEmpty()) {
      throw new IllegalStateException("taskset: can't bind to the cores " + list);
    }
  }

  /** What must be known to compare the figures with others. */
  static Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("commit", output("git", "describe", "--always", "--dirty"));
    facts.put("jdk", System.getProperty("java.vm.version"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("cores", cores());
    facts.put("loadAverage", loadAverage());
    facts.put(
        "firstFigure",
        Effort.counters()
            ? "instructions (perf)"
            : "CPU time (this machine has no performance counters)");
    facts.put("quick", Bench.QUICK);
    return facts;
  }

  static double loadAverage() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command prints, without the last line end; empty if it can't be run. */
  static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.strip() : "";
    } catch (IOException notThere) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
