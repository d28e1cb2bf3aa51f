package io.mcpnode.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One node as an operator runs it: the packaged jar in a process of its own. */
public final class NodeProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("mcp-node (\\S+) ready (https?://\\S+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int MAX_LINES = 1000;

  /** Nodes are ended with the tests, also when those are interrupted. */
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path log;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();

  NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    RUNNING.add(process);
    process.onExit().thenAccept(RUNNING::remove);
    Thread reader = new Thread(this::readOutput, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (lines.size() < MAX_LINES) {
          lines.add(line);
        }
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(URI.create(matcher.group(2)));
        }
      }
    } catch (IOException e) {
      lines.add("output could not be read: " + e.getMessage());
    } finally {
      ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
      outputEnded.complete(null);
    }
  }

  /**
   * Waits for the ready line.
   *
   * @throws IllegalStateException with the end of its log if the node ends or takes too long
   */
  public NodeProcess awaitReady() {
    try {
      ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("node " + pid() + " is not ready: " + e + "\n" + logEnd(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public boolean saidReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  /** The MCP endpoint, as the ready line told it. */
  public URI uri() {
    awaitReady();
    return ready.join();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill9() {
    process.destroyForcibly();
    exitCode(Duration.ofSeconds(10));
  }

  /** SIGKILL; returns at once. */
  public void kill() {
    process.destroyForcibly();
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** SIGSTOP: the node neither runs nor closes anything. */
  public void pause() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      int code = new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill " + name + " " + pid() + ": exit code " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Waits for the end and returns the exit code; all output has been read then.
   *
   * @throws IllegalStateException if the process still runs after the limit
   */
  public int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "node " + pid() + " still runs after " + limit.toSeconds() + " s\n" + logEnd());
      }
      outputEnded.get(10, TimeUnit.SECONDS);
      return process.exitValue();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("output of node " + pid() + " did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What it wrote to standard output so far. */
  public List<String> output() {
    return List.copyOf(lines);
  }

  /** What it wrote to standard error so far. */
  public List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logEnd() {
    List<String> all = log();
    return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()))
        + "\n(all of it: "
        + log
        + ")";
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() {
    kill9();
  }
}
