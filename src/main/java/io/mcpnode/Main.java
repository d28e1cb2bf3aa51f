package io.mcpnode;

import io.mcpnode.config.ConfigException;
import io.mcpnode.config.ConfigLoader;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.slf4j.LoggerFactory;

/** The process: arguments, exit codes, signals. */
@NullMarked
public final class Main {

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final NodeLauncher launcher;

  /** Completes with the code to end with: asked to stop, or unable to go on. */
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();

  Main(Map<String, String> environment, PrintStream out, PrintStream err, NodeLauncher launcher) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.launcher = launcher;
  }

  public static void main(String[] args) {
    runProcess(args, Node::launch);
  }

  /** Everything the process does, and its end. */
  static void runProcess(String[] args, NodeLauncher launcher) {
    JvmProperties.apply(Runtime.getRuntime().availableProcessors());
    Main main = new Main(System.getenv(), System.out, System.err, launcher);
    main.handleSignals();
    main.handleUncaught();
    System.exit(main.run(List.of(args)).value());
  }

  /**
   * Does what the arguments ask for; a node runs until {@link #stop}, started anew when it has lost
   * its cluster. Blocks.
   */
  ExitCode run(List<String> args) {
    try {
      CommandLine line = CommandLine.parse(args);
      return switch (line.action()) {
        case HELP -> print(CommandLine.HELP);
        case VERSION -> print("mcp-node " + Version.current() + "\n");
        case PRINT_CONFIG -> print(load(line).print());
        case RUN -> serve(load(line).config());
      };
    } catch (CommandLine.UsageException e) {
      return fail(ExitCode.USAGE, e.getMessage() + "\n" + CommandLine.USAGE);
    } catch (ConfigException e) {
      return fail(ExitCode.CONFIG, "bad configuration\n" + indented(e));
    } catch (StartException e) {
      ExitCode code = fail(e.exitCode(), String.valueOf(e.getMessage()));
      return end.isDone() ? end.join() : code;
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Main.class).error("A bug ended the node", e);
      return fail(ExitCode.SOFTWARE, "internal error: " + oneLine(e));
    }
  }

  /** Lets {@link #run} drain, leave and return. */
  void stop() {
    end.complete(ExitCode.OK);
  }

  private ConfigLoader load(CommandLine line) throws ConfigException {
    return ConfigLoader.load(line.conf(), environment, line.cluster());
  }

  private ExitCode serve(NodeConfig config) throws StartException {
    NodeConfig next = config;
    while (true) {
      RunningNode node = launcher.launch(next, end);
      try {
        out.println("mcp-node " + node.name() + " ready " + node.url());
        out.flush();
        node.failed().thenAccept(reason -> end.complete(fail(reason.exitCode(), oneLine(reason))));
        CompletableFuture<String> lost = node.lost().toCompletableFuture();
        CompletableFuture.anyOf(end, lost).join();
        if (end.isDone()) {
          return end.join();
        }
        print(err, lost.join() + "; the node starts anew");
        next = node.config();
      } finally {
        node.stop();
      }
    }
  }

  private static void print(PrintStream to, String message) {
    to.println("mcp-node: " + message);
    to.flush();
  }

  private ExitCode print(String text) {
    out.print(text);
    out.flush();
    return ExitCode.OK;
  }

  private ExitCode fail(ExitCode code, String message) {
    print(err, message);
    return code;
  }

  private void handleSignals() {
    AtomicInteger heard = new AtomicInteger();
    try {
      Signals.onStop(
          number -> {
            if (heard.getAndIncrement() > 0) {
              Runtime.getRuntime().halt(128 + number);
            }
            stop();
          });
    } catch (ReflectiveOperationException e) {
      fail(ExitCode.OK, "signals end the node at once, without draining: " + e.getMessage());
    }
  }

  /** A thread's exception is logged and the node goes on; a JVM that is broken ends. */
  private void handleUncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          LoggerFactory.getLogger(Main.class).error("Uncaught in {}", thread.getName(), e);
          if (e instanceof VirtualMachineError) {
            end.complete(fail(ExitCode.SOFTWARE, "internal error: " + oneLine(e)));
          }
        });
  }

  private static String indented(ConfigException e) {
    return String.valueOf(e.getMessage()).indent(2).stripTrailing();
  }

  private static String oneLine(Throwable e) {
    Throwable shown = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    String text = shown instanceof StartException ? shown.getMessage() : shown.toString();
    return String.valueOf(text).lines().findFirst().orElse("");
  }
}
