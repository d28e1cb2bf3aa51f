package io.mcpnode.feature.demo;

import io.mcpnode.api.Handle;
import io.mcpnode.api.State;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import io.mcpnode.api.ToolResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Something to call for a newcomer and for tests. None of these methods blocks. */
public final class DemoTools implements AutoCloseable {

  private static final int MAX_SLEEP_MILLIS = 600_000;

  /** The result of {@code add}. */
  public record Sum(Number sum) {}

  /** The result of {@code counter}. */
  public record Count(long value, Optional<String> handle) {}

  /** The result of {@code whoami}. */
  public record Place(
      String node,
      Optional<String> session,
      String owner,
      long epoch,
      String principal,
      String protocolVersion) {}

  private final ScheduledThreadPoolExecutor timer;

  public DemoTools() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = Executors.defaultThreadFactory().newThread(task);
              thread.setName("mcp-demo-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  @Tool(
      description = "Answers with the message",
      annotations = @Tool.Annotations(readOnlyHint = true, openWorldHint = false))
  public CompletionStage<String> echo(
      @ToolArg(name = "message", description = "What to say back") String message) {
    return CompletableFuture.completedFuture(message);
  }

  @Tool(
      description = "Adds two numbers",
      annotations =
          @Tool.Annotations(readOnlyHint = true, idempotentHint = true, openWorldHint = false),
      outputSchemaFrom = Sum.class)
  public CompletionStage<ToolResponse> add(
      @ToolArg(name = "a") Number a, @ToolArg(name = "b") Number b) {
    Number sum = sum(a, b);
    return CompletableFuture.completedFuture(ToolResponse.ofStructured(new Sum(sum)));
  }

  /** Integers give an integer, of any size, and what a double can't hold is not rounded. */
  private static Number sum(Number a, Number b) {
    BigInteger x = integer(a);
    BigInteger y = integer(b);
    if (x != null && y != null) {
      return x.add(y);
    }
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return decimal(a).add(decimal(b));
    }
    double sum = a.doubleValue() + b.doubleValue();
    if (!Double.isFinite(sum)) {
      throw new ArithmeticException("sum: " + sum + " (expected: a finite number)");
    }
    return sum;
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  private static @Nullable BigInteger integer(Number number) {
    if (number instanceof BigInteger integer) {
      return integer;
    }
    return number instanceof Long integer ? BigInteger.valueOf(integer) : null;
  }

  @Tool(
      description =
          "Adds to a counter of this session; without sessions, of the handle, and a first call"
              + " without one gets a handle to pass on",
      annotations = @Tool.Annotations(destructiveHint = false, openWorldHint = false),
      outputSchemaFrom = Count.class)
  public CompletionStage<ToolResponse> counter(
      @ToolArg(name = "by", description = "How much to add", defaultValue = "1") long by,
      @ToolArg(name = "handle", description = "Which counter, from an earlier answer") @Handle
          @Nullable String handle,
      ToolContext context) {
    State state = context.state();
    long value =
        state.update("counter", Long.class, old -> Math.addExact(old == null ? 0L : old, by));
    return CompletableFuture.completedFuture(
        ToolResponse.ofStructured(new Count(value, state.handle())));
  }

  @Tool(
      description = "Answers after a while, with progress on the way",
      taskSupport = Tool.TaskSupport.OPTIONAL,
      annotations =
          @Tool.Annotations(readOnlyHint = true, idempotentHint = true, openWorldHint = false))
  public CompletionStage<String> sleep(
      @ToolArg(name = "ms", description = "How long in milliseconds, up to 600000") int ms,
      ToolContext context) {
    if (ms < 0 || ms > MAX_SLEEP_MILLIS) {
      throw new IllegalArgumentException(
          "arguments.ms: " + ms + " (expected: 0 to " + MAX_SLEEP_MILLIS + ")");
    }
    return new Sleep(timer, ms, context).start();
  }

  @Tool(
      description = "Tells which node executes the call and which one owns the session",
      annotations = @Tool.Annotations(readOnlyHint = true, openWorldHint = false))
  public CompletionStage<Place> whoami(ToolContext context) {
    return CompletableFuture.completedFuture(
        new Place(
            context.node(),
            context.sessionId(),
            context.owner(),
            context.epoch(),
            context.principal(),
            context.protocolVersion()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
