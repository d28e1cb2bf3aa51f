package io.mcpnode.server;

import io.mcpnode.protocol.Methods;
import io.mcpnode.wire.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Bounds what one client may begin in a second of what authors wrote (tools and completion, rate
 * limiting). A session is counted at its owner, so through all nodes alike. Without sessions a node
 * counts what comes to it with the same credentials; clients without any count as one. Any thread.
 */
final class CallRates {

  private static final AtomicReferenceFieldUpdater<CallRates, Second> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(CallRates.class, Second.class, "latest");

  private record Second(long number, ConcurrentHashMap<String, AtomicInteger> begun) {
    Second(long number) {
      this(number, new ConcurrentHashMap<>());
    }
  }

  private final int perSecond;
  private final Clock clock;
  private final Counter refused;
  private volatile Second latest = new Second(Long.MIN_VALUE);

  /**
   * @param perSecond 0: no limit
   */
  CallRates(int perSecond, Clock clock, MeterRegistry meters) {
    this.perSecond = perSecond;
    this.clock = clock;
    refused = meters.counter("mcp.refused", "limit", "sessions.maxCallsPerSecond");
  }

  /**
   * False, and counted, over the limit.
   *
   * @param client the key of a session, or a principal
   */
  boolean allows(String method, String client) {
    if (perSecond == 0 || !isCall(method)) {
      return true;
    }
    boolean allowed =
        now().begun().computeIfAbsent(client, c -> new AtomicInteger()).incrementAndGet()
            <= perSecond;
    if (!allowed) {
      refused.increment();
    }
    return allowed;
  }

  /** Of two threads that come first in a second, both get the same one. */
  private Second now() {
    long number = TimeUnit.NANOSECONDS.toSeconds(clock.nanos());
    Second known = latest;
    while (known.number() < number) {
      LATEST.compareAndSet(this, known, new Second(number));
      known = latest;
    }
    return known;
  }

  private static boolean isCall(String method) {
    return switch (method) {
      case Methods.TOOLS_CALL, Methods.RESOURCES_READ, Methods.PROMPTS_GET, Methods.COMPLETE ->
          true;
      default -> false;
    };
  }
}
