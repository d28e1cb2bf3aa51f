package io.mcpnode.http;

import io.mcpnode.monitor.RequestTotals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests by method and outcome, and how long they took. A request costs two array look-ups: its
 * method was turned into a number by a switch, and methods we don't know share one.
 */
final class RequestMeters {

  private static final Duration[] BOUNDS =
      Arrays.stream(
              new long[] {
                100,
                250,
                500,
                1_000,
                2_500,
                5_000,
                10_000,
                25_000,
                50_000,
                100_000,
                250_000,
                500_000,
                1_000_000,
                2_500_000,
                10_000_000
              })
          .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
          .toArray(Duration[]::new);

  private static final List<String> NAMES =
      List.of(
          "invalid",
          "other",
          "end",
          "batch",
          "response",
          "notification",
          "initialize",
          "ping",
          "tools/list",
          "tools/call",
          "server/discover",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "logging/setLevel",
          "subscriptions/listen",
          "tasks/get",
          "tasks/list",
          "tasks/result",
          "tasks/update",
          "tasks/cancel");

  /** What could not be read as a message. */
  static final int INVALID = 0;

  private static final int OTHER = 1;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final MeterRegistry registry;

  /** Made when first needed, by whichever thread: the registry makes one of each. */
  private final @Nullable Timer[] timers = new @Nullable Timer[NAMES.size() * OUTCOMES.length];

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The number of a method; its hash is known already, for it was dispatched by it. */
  static int number(String method) {
    return switch (method) {
      case "end" -> 2;
      case "batch" -> 3;
      case "response" -> 4;
      case "initialize" -> 6;
      case "ping" -> 7;
      case "tools/list" -> 8;
      case "tools/call" -> 9;
      case "server/discover" -> 10;
      case "resources/list" -> 11;
      case "resources/templates/list" -> 12;
      case "resources/read" -> 13;
      case "resources/subscribe" -> 14;
      case "resources/unsubscribe" -> 15;
      case "prompts/list" -> 16;
      case "prompts/get" -> 17;
      case "completion/complete" -> 18;
      case "logging/setLevel" -> 19;
      case "subscriptions/listen" -> 20;
      case "tasks/get" -> 21;
      case "tasks/list" -> 22;
      case "tasks/result" -> 23;
      case "tasks/update" -> 24;
      case "tasks/cancel" -> 25;
      default -> method.startsWith("notifications/") ? 5 : OTHER;
    };
  }

  static String name(int number) {
    return NAMES.get(number);
  }

  static int count() {
    return NAMES.size();
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as this process
  void ended(int method, Outcome outcome, long nanos) {
    int place = method * OUTCOMES.length + outcome.ordinal();
    Timer timer = timers[place];
    if (timer == null) {
      timer = timer(method, outcome);
      timers[place] = timer;
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(int method, Outcome outcome) {
    return Timer.builder("mcp.requests")
        .description("From a message of a client to the end of its answer")
        .tag("method", name(method))
        .tag("outcome", outcome.text())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  /** All answers so far, of all methods together. Any thread. */
  @SuppressWarnings("EnumOrdinal")
  RequestTotals totals() {
    long[] below = new long[BOUNDS.length];
    long answers = 0;
    long errors = 0;
    for (int place = 0; place < timers.length; place++) {
      Timer timer = timers[place];
      if (timer != null) {
        long count = timer.count();
        answers += count;
        errors += place % OUTCOMES.length == Outcome.OK.ordinal() ? 0 : count;
        CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
        for (int i = 0; i < Math.min(below.length, buckets.length); i++) {
          below[i] += (long) buckets[i].count();
        }
      }
    }
    List<Long> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      bounds.add(TimeUnit.NANOSECONDS.toMicros(BOUNDS[i].toNanos()));
      counts.add(Math.max(0, below[i] - before));
      before = Math.max(before, below[i]);
    }
    counts.add(Math.max(0, answers - before));
    return new RequestTotals(answers, errors, bounds, counts);
  }
}
