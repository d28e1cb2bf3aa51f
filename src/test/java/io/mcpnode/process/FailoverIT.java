package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The owner of a third of all sessions is killed while every session is in use. */
class FailoverIT {

  private static final int SESSIONS = 200;
  private static final int HANDLES = 100;
  private static final double PAUSE_P95_LIMIT_MILLIS = 2000;
  private static Vertx vertx;
  private static ClusterProcesses cluster;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    cluster = ClusterProcesses.start(3);
    warmUp();
  }

  /**
   * The first loss that a fresh JVM sees loads and interprets all that takes over, on two cores for
   * a second or two. What must not go wrong counts here as well; the pause does not.
   */
  private static void warmUp() {
    LoadReport report =
        FailoverRun.kill(vertx, cluster, 0, SESSIONS, HANDLES, Duration.ofMillis(300)).report();
    System.out.println("the first kill -9 of fresh nodes: " + report.summary());
    assertThat(report.violations()).isEmpty();
    assertThat(report.errors()).as("errors: " + report.reasons()).isZero();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    vertx.close().await();
  }

  static IntStream rounds() {
    return IntStream.rangeClosed(1, Integer.getInteger("failover.rounds", 3));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void noSessionIsGoneAndNoAcknowledgedChangeIsLostOrDoubled(int round) {
    int victim = round % cluster.size();
    FailoverRun.Outcome outcome =
        FailoverRun.kill(vertx, cluster, victim, SESSIONS, HANDLES, Duration.ofMillis(300));
    LoadReport report = outcome.report();
    System.out.println(
        "kill -9 of "
            + cluster.name(victim)
            + ", owner of "
            + outcome.owned()
            + " sessions: "
            + report.summary());
    report.reasons().forEach(reason -> System.out.println("  " + reason));
    assertThat(outcome.owned()).as("sessions of the killed node").isPositive();
    assertThat(report.violations()).isEmpty();
    assertThat(report.errors()).as("errors: " + report.reasons()).isZero();
    assertThat(report.pausesMillis().percentile(0.95)).isLessThan(PAUSE_P95_LIMIT_MILLIS);
  }
}
