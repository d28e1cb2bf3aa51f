package io.mcpnode.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of wrk: one thread on the load's core, a closed loop over some connections. */
final class Wrk {

  private static final Pattern TOTALS =
      Pattern.compile("mcp-node requests=(\\d+) micros=(\\d+) errors=(\\d+) p50=(\\d+) p99=(\\d+)");

  /**
   * @param errors sockets that failed and answers that were not 200
   */
  record Result(long requests, double seconds, long errors, double p50Micros, double p99Micros) {
    double perSecond() {
      return requests / seconds;
    }
  }

  private Wrk() {}

  /**
   * Runs it to its end.
   *
   * @param environment for the script echo.lua
   */
  static Result run(URI target, int connections, int seconds, Map<String, String> environment) {
    List<String> command = new ArrayList<>(Machine.onLoadCore());
    command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
    command.addAll(List.of("--timeout", "10s", "-s"));
    command.add(Path.of("bench/lua/echo.lua").toAbsolutePath().toString());
    command.add(target.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return parse(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static Result parse(String output) {
    Matcher totals = TOTALS.matcher(output);
    if (!totals.find()) {
      throw new IllegalStateException("wrk did not report:\n" + output);
    }
    Result result =
        new Result(
            Long.parseLong(totals.group(1)),
            Long.parseLong(totals.group(2)) / 1e6,
            Long.parseLong(totals.group(3)),
            Double.parseDouble(totals.group(4)),
            Double.parseDouble(totals.group(5)));
    if (result.errors() > 0) {
      throw new IllegalStateException("a benchmark of errors says nothing:\n" + output);
    }
    return result;
  }
}
