package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of {@code src/test/clients}. */
final class Scripts {

  private static final Path CLIENTS = Path.of("src/test/clients");
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private Scripts() {}

  /** Installs what the scripts need, if it isn't there. */
  static void install() throws IOException, InterruptedException {
    if (!Files.isDirectory(CLIENTS.resolve("node_modules"))) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    }
  }

  /** Prints what the command prints, and fails with it if the command does. */
  static void run(List<String> command) throws IOException, InterruptedException {
    try (Running script = begin(command)) {
      script.awaitEnd();
    }
  }

  /** Starts the command and goes on. */
  static Running begin(List<String> command) throws IOException {
    Path output = Files.createTempFile("clients", ".log");
    return new Running(
        new ProcessBuilder(command)
            .directory(CLIENTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** A script that works while the test does something else. */
  record Running(Process process, Path output) implements AutoCloseable {

    /** Waits until the script has printed this; fails if it has ended before. */
    void awaitPrinted(String text) {
      Await.until(
          "the script prints: " + text, LIMIT, () -> printed().contains(text) || hasEnded());
      assertThat(printed()).contains(text);
    }

    private boolean hasEnded() {
      return !process.isAlive();
    }

    private String printed() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends the script a line on its standard input. */
    void tell(String line) throws IOException {
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    }

    /** Prints what the script has printed, and fails with it if the script does. */
    void awaitEnd() throws InterruptedException {
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      String text = printed();
      System.out.println(text);
      assertThat(ended).as("ended in time:\n" + text).isTrue();
      assertThat(process.exitValue()).as(text).isZero();
    }

    @Override
    public void close() throws IOException {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
