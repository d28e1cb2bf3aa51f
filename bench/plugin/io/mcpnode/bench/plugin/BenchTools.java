package io.mcpnode.bench.plugin;

import io.mcpnode.api.OnDemand;
import io.mcpnode.api.Registrations;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * What the benchmarks call. Moments are {@code System.nanoTime()}, which is the same clock in all
 * processes of a Linux machine.
 */
public class BenchTools {

  /** A tool that comes and goes. */
  @OnDemand
  public static class Extra {
    @Tool(name = "extra", description = "Comes and goes")
    public String extra() {
      return "extra";
    }
  }

  private final Registrations registrations;
  private final AtomicReference<Registrations.Registration> extra = new AtomicReference<>();

  public BenchTools(Registrations registrations) {
    this.registrations = registrations;
  }

  @Tool(
      name = "ticks",
      description = "Reports progress again and again; the message is the moment of the report")
  public String ticks(
      @ToolArg(name = "events") int events,
      @ToolArg(name = "gapMicros", description = "from one report to the next") int gapMicros,
      ToolContext context) {
    long gap = TimeUnit.MICROSECONDS.toNanos(gapMicros);
    long due = System.nanoTime();
    for (int i = 1; i <= events && !context.isCancelled(); i++) {
      due += gap;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      context.progress(i, events, Long.toString(System.nanoTime()));
    }
    return Integer.toString(events);
  }

  @Tool(
      name = "flip",
      description = "Adds a tool or takes it back: the list has changed. Answers the moment before")
  public String flip() {
    long moment = System.nanoTime();
    Registrations.Registration there = extra.getAndSet(null);
    if (there != null) {
      there.close();
    } else {
      extra.set(registrations.add(new Extra()));
    }
    return Long.toString(moment);
  }
}
