package io.mcpnode.bench;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Runs one scenario, or all. */
public final class Bench {

  /** A run that shows that everything works; its figures mean nothing. */
  static final boolean QUICK = "1".equals(System.getenv("BENCH_QUICK"));

  private static final Map<String, Function<Vertx, Report>> SCENARIOS = new LinkedHashMap<>();

  static {
    SCENARIOS.put("local", LocalBench::run);
    SCENARIOS.put("hop", HopBench::run);
    SCENARIOS.put("tracing", TracingBench::run);
    SCENARIOS.put("sessions", SessionsBench::run);
    SCENARIOS.put("failover", FailoverBench::run);
    SCENARIOS.put("start", StartBench::run);
    SCENARIOS.put("heartbeat", HeartbeatBench::run);
    SCENARIOS.put("detection", DetectionBench::run);
    SCENARIOS.put("migration", MigrationBench::run);
    SCENARIOS.put("streaming", StreamingBench::run);
    SCENARIOS.put("listen", ListenBench::run);
    SCENARIOS.put("members", MembersBench::run);
    SCENARIOS.put("profile", ProfileBench::run);
  }

  private Bench() {}

  public static void main(String[] args) {
    String name = args.length == 1 ? args[0] : "";
    if (!name.equals("all") && !SCENARIOS.containsKey(name)) {
      System.err.println(
          "scenario: " + name + " (expected: all or one of " + SCENARIOS.keySet() + ")");
      System.exit(64);
    }
    Vertx vertx = Vertx.vertx();
    try {
      SCENARIOS.forEach(
          (scenario, run) -> {
            if (name.equals("all") || name.equals(scenario)) {
              run.apply(vertx).publish();
            }
          });
    } finally {
      vertx.close().await();
    }
  }
}
