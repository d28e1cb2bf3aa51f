package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with {@code admin.token}: who is asked for it, and where. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TokenIT {

  private static final Map<String, String> RIGHT = Map.of("Authorization", "Bearer swordfish");

  /** Each is refused without the token, whatever else is wrong with it. */
  private static final List<String> GUARDED =
      List.of(
          "/cluster/status",
          "/cluster/connect",
          "/cluster/call",
          "/cluster/nodes/alone/health",
          "/cluster/nodes/alone/drain",
          "/cluster/metrics",
          "/cluster/thresholds",
          "/cluster/partition",
          "/cluster/partition/resolve",
          "/cluster/sessions",
          "/cluster/sessions/nope",
          "/cluster/sessions/nope/migrate",
          "/cluster/sessions/nope/backup",
          "/cluster/sessions/nope/failover",
          "/cluster/rebalance",
          "/cluster/traces",
          "/cluster/traces/0af7651916cd43dd8448eb211c80319c",
          "/cluster/events");

  private static NodeProcess node;
  private static AdminClient admin;

  @BeforeAll
  static void start() {
    node = NodeCommand.node("alone").set("admin.token", "swordfish").start().awaitReady();
    admin = new AdminClient(node.uri());
  }

  @AfterAll
  static void stop() {
    assertThat(node.log()).noneMatch(line -> line.contains("swordfish"));
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "swordfish",
        "Bearer",
        "Bearer swordfis",
        "Bearer swordfish2",
        "Bearer SWORDFISH",
        "Basic swordfish",
        "Basic OnN3b3JkZmlzaA=="
      })
  void withoutTheTokenNothingIsToldAndNothingIsDone(String wrong) {
    Map<String, String> headers = wrong.isEmpty() ? Map.of() : Map.of("Authorization", wrong);
    for (String path : GUARDED) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
        AdminClient.Answer answer = admin.send(method, path, headers);
        assertThat(answer.status()).as(method + " " + path).isEqualTo(401);
        assertThat(answer.authenticate()).startsWith("Bearer ");
        assertThat(answer.body().path("error").path("code").asText()).isEqualTo("unauthorized");
      }
    }
    assertThat(admin.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void withTheTokenOperatorsAreAnswered() {
    assertThat(admin.send("GET", "/cluster/status", RIGHT).status()).isEqualTo(200);
    assertThat(admin.send("GET", "/cluster/metrics", RIGHT).status()).isEqualTo(200);
    assertThat(admin.send("DELETE", "/cluster/nodes/alone/drain", RIGHT).status()).isEqualTo(200);
    assertThat(admin.send("POST", "/cluster/rebalance", RIGHT).status()).isEqualTo(202);
    assertThat(admin.send("PUT", "/cluster/status", RIGHT).status()).isEqualTo(405);
  }

  /** A proxy on this machine forwards what comes from elsewhere. */
  @Test
  void healthAndThePageAreOpenAndMetricsAreForThisMachine() {
    Map<String, String> forwarded = Map.of("X-Forwarded-For", "10.0.0.1");
    for (String open : List.of("/health/live", "/health/ready", "/dashboard")) {
      assertThat(admin.send("GET", open, Map.of()).status()).as(open).isEqualTo(200);
      assertThat(admin.send("GET", open, forwarded).status()).as(open).isEqualTo(200);
    }
    assertThat(admin.send("GET", "/metrics", Map.of()).status()).isEqualTo(200);
    assertThat(admin.send("GET", "/metrics", forwarded).status()).isEqualTo(401);
  }
}
