package io.mcpnode.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What processes spend during a stretch of time: CPU time by /proc, and instructions by perf where
 * this machine counts them (many virtual machines don't).
 */
final class Effort {

  /** USER_HZ: the kernel's unit in /proc/PID/stat, the same on all Linux machines. */
  private static final double TICKS_PER_SECOND = 100;

  private static final boolean COUNTERS = countersWork();

  /**
   * @param cpuSeconds user and system time of all threads
   * @param instructions of both modes; NaN where they can't be counted
   */
  record Spent(double cpuSeconds, double instructions) {}

  private final List<Long> pids;
  private final double cpuBefore;
  private final Process perf;
  private final Path perfOutput;

  private Effort(List<Long> pids) {
    this.pids = pids;
    try {
      if (COUNTERS) {
        perfOutput = Files.createTempFile("perf", ".csv");
        List<String> command = new ArrayList<>(List.of("perf", "stat", "-x", ",", "-o"));
        command.add(perfOutput.toString());
        command.addAll(List.of("-e", "instructions:u,instructions:k", "-p"));
        command.add(String.join(",", pids.stream().map(String::valueOf).toList()));
        perf = new ProcessBuilder(command).start();
      } else {
        perfOutput = null;
        perf = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cpuBefore = cpuSeconds(pids);
  }

  static boolean counters() {
    return COUNTERS;
  }

  /** Begins to measure these processes together. */
  static Effort of(List<Long> pids) {
    return new Effort(List.copyOf(pids));
  }

  /** Ends the measurement. */
  Spent end() {
    double cpu = cpuSeconds(pids) - cpuBefore;
    if (perf == null) {
      return new Spent(cpu, Double.NaN);
    }
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(perf.pid())).start().waitFor();
      perf.waitFor(10, TimeUnit.SECONDS);
      double instructions = instructions(Files.readAllLines(perfOutput));
      Files.delete(perfOutput);
      return new Spent(cpu, instructions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The sum of the events in perf's output; NaN if one of them is not counted. */
  static double instructions(List<String> lines) {
    double sum = 0;
    int events = 0;
    for (String line : lines) {
      String[] columns = line.split(",");
      if (columns.length > 2 && columns[2].startsWith("instructions")) {
        if (!columns[0].matches("\\d+")) {
          return Double.NaN;
        }
        sum += Double.parseDouble(columns[0]);
        events++;
      }
    }
    return events == 2 ? sum : Double.NaN;
  }

  private static double cpuSeconds(List<Long> pids) {
    double ticks = 0;
    for (long pid : pids) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in parentheses may contain anything; utime and stime are fields 14 and 15.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static boolean countersWork() {
    try {
      Path output = Files.createTempFile("perf", ".csv");
      Process probe =
          new ProcessBuilder(
                  "perf",
                  "stat",
                  "-x",
                  ",",
                  "-o",
                  output.toString(),
                  "-e",
                  "instructions:u,instructions:k",
                  "true")
              .start();
      boolean works =
          probe.waitFor(10, TimeUnit.SECONDS)
              && !Double.isNaN(instructions(Files.readAllLines(output)));
      Files.delete(output);
      return works;
    } catch (IOException noPerf) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
