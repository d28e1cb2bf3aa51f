package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.process.FakeCounters.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load must find what it is there to find. */
class CounterLoadTest {

  private static final int SESSIONS = 6;
  private static final int HANDLES = 4;

  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private LoadReport run(Fault fault) {
    FakeCounters counters = new FakeCounters(fault, 3);
    List<URI> nodes = List.of(counters.listen(vertx).await(), counters.listen(vertx).await());
    try (McpClient client = new McpClient(vertx, nodes, 8);
        CounterLoad load = new CounterLoad(client, Duration.ofMillis(2))) {
      load.open(SESSIONS, HANDLES).begin();
      load.awaitAllServed();
      load.awaitAllServed();
      load.awaitAllServed();
      return load.finish();
    }
  }

  @Test
  void aServerThatCountsRightPasses() {
    LoadReport report = run(Fault.NONE);
    assertThat(report.violations()).isEmpty();
    assertThat(report.reasons()).isEmpty();
    assertThat(report.clients()).isEqualTo(SESSIONS + HANDLES);
    assertThat(report.acked()).isGreaterThanOrEqualTo(50);
    assertThat(report.pausesMillis().count()).isEqualTo(SESSIONS + HANDLES);
  }

  @Test
  void aLostAdditionIsFoundInEverySession() {
    assertThat(run(Fault.LOSE).violations())
        .hasSizeGreaterThanOrEqualTo(SESSIONS + HANDLES)
        .anyMatch(text -> text.contains("lost"));
  }

  @Test
  void aDoubledAdditionIsFoundInEverySession() {
    assertThat(run(Fault.DOUBLE).violations())
        .hasSizeGreaterThanOrEqualTo(SESSIONS + HANDLES)
        .allMatch(text -> text.contains("doubled"));
  }

  @Test
  void aRefusedAdditionIsTriedAgainAndCounted() {
    LoadReport report = run(Fault.REFUSE);
    assertThat(report.violations()).isEmpty();
    assertThat(report.refused()).isEqualTo(SESSIONS + HANDLES);
    assertThat(report.errors()).isZero();
  }

  @Test
  void anAdditionWhoseConnectionEndedIsNeitherLostNorDoubled() {
    LoadReport report = run(Fault.CUT_AFTER);
    assertThat(report.violations()).isEmpty();
    assertThat(report.unknown()).isGreaterThanOrEqualTo(SESSIONS + HANDLES);
  }

  @Test
  void aForgottenSessionIsGone() {
    LoadReport report = run(Fault.FORGET);
    assertThat(report.gone()).isEqualTo(SESSIONS + HANDLES);
    assertThat(report.violations()).hasSize(SESSIONS + HANDLES).allMatch(t -> t.endsWith("gone"));
  }

  @Test
  void aNodeThatIsDownIsPassedOverWithoutAnError() {
    FakeCounters counters = new FakeCounters(Fault.NONE, 0);
    List<URI> nodes = List.of(counters.listen(vertx).await(), counters.listen(vertx).await());
    counters.stop(0).await();
    try (McpClient client = new McpClient(vertx, nodes, 8);
        CounterLoad load = new CounterLoad(client, Duration.ofMillis(2))) {
      load.open(2, 2).begin();
      load.awaitAllServed();
      LoadReport report = load.finish();
      assertThat(report.reasons()).isEmpty();
      assertThat(report.violations()).isEmpty();
    }
  }
}
