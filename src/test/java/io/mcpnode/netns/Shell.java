package io.mcpnode.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the system. */
final class Shell {

  private static final long LIMIT_SECONDS = 20;

  private Shell() {}

  /**
   * Runs a script and returns what it printed.
   *
   * @throws IllegalStateException if it fails, with its output
   */
  static String run(String script) {
    try {
      Process process =
          new ProcessBuilder(List.of("sh", "-ec", script)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("not done within 20 s: " + script);
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "exit code " + process.exitValue() + " of " + script + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether the command is there. */
  static boolean has(String command) {
    return run("command -v " + command + " || true").contains(command);
  }
}
