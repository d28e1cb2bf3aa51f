package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No client takes more than its share of a second. */
class CallRatesTest {

  private static final String BUSY = "503 -32603";

  private final Rig rig = new Rig();
  private final McpDispatcher node = limited(2);

  private McpDispatcher limited(int perSecond) {
    rig.perSecond = perSecond;
    McpDispatcher limited = rig.dispatcher(rig.affinity, "n1");
    rig.affinity.executeWith(limited);
    return limited;
  }

  private String within(String session, String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    return rig.post(node, Rig.request(session, body, MultiMap.caseInsensitiveMultiMap())).shown();
  }

  private String echo(String session) {
    return within(session, "tools/call", "{\"name\":\"echo\",\"arguments\":{\"message\":\"m\"}}");
  }

  private String modern(String principal) {
    return rig.post(node, Rig.modern("tools/call", "{'name':'whoami'}", principal)).shown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
  void aSessionBeginsSoManyCallsASecond(String revision) {
    String session = rig.open(revision);
    String other = rig.open(revision);
    assertThat(Stream.generate(() -> echo(session)).limit(2)).allMatch(Rig.text("m")::equals);
    assertThat(echo(session)).isEqualTo(BUSY);
    assertThat(rig.meters.counter("mcp.refused", "limit", "sessions.maxCallsPerSecond").count())
        .isEqualTo(1);
    assertThat(echo(other)).as("nobody else pays for it").isEqualTo(Rig.text("m"));
    rig.clock.pass(Duration.ofSeconds(1));
    assertThat(echo(session)).isEqualTo(Rig.text("m"));
  }

  @Test
  void whatRunsNothingOfAnAuthorIsNotCounted() {
    String session = rig.open("2025-11-25");
    echo(session);
    echo(session);
    assertThat(within(session, "ping", "{}")).isEqualTo("200 {}");
    assertThat(within(session, "tools/list", "{}")).startsWith("200 {\"tools\":");
  }

  @Test
  void withoutSessionsCredentialsAreCounted() {
    List<String> calls = Stream.generate(() -> modern("credential:1")).limit(3).toList();
    assertThat(calls.subList(0, 2)).allMatch(answer -> answer.startsWith("200 {"));
    assertThat(calls.get(2)).isEqualTo(BUSY);
    assertThat(modern("credential:2")).startsWith("200 {");
    rig.clock.pass(Duration.ofSeconds(1));
    assertThat(modern("credential:1")).startsWith("200 {");
  }

  @Test
  void withoutALimitThereIsNone() {
    String session = rig.open("2025-11-25");
    McpDispatcher free = limited(0);
    for (int i = 0; i < 1000; i++) {
      String call = Rig.call(i, "echo", "{'message':'m'}");
      ClientRequest request = Rig.request(session, call, MultiMap.caseInsensitiveMultiMap());
      assertThat(rig.post(free, request).shown()).isEqualTo(Rig.text("m"));
    }
  }
}
