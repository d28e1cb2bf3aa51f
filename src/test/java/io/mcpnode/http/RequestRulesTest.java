package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.NodeConfig;
import io.mcpnode.config.ConfigLoader;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions about headers, without a server. */
class RequestRulesTest {

  private final OriginRule origins =
      new OriginRule(List.of("https://App.example.com:443", "http://10.0.0.1:8080"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "https://LOCALHOST:3000",
        "http://127.0.0.1:6274",
        "http://127.255.255.254",
        "http://[::1]:80",
        "https://app.example.com",
        "https://app.example.com:443",
        "http://10.0.0.1:8080"
      })
  void pagesOfThisMachineAndOfTheListAreAllowed(String origin) {
    assertThat(origins.allows(origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "localhost",
        "//localhost",
        "chrome-extension://localhost",
        "http://app.example.com",
        "https://app.example.com:444",
        "https://app.example.com.evil",
        "http://10.0.0.1",
        "http://127.0.0.01",
        "http://127.1",
        "http://127.0.0.1.",
        "http://localhost\u0000",
        "http://localhost http://evil",
        "http://[::1",
        "http://[::1]x"
      })
  void othersAreNot(String origin) {
    assertThat(origins.allows(origin)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a",
        "http://[::1]:9",
        "http://[1:2::3.4.5.6]",
        "chrome-extension://abcdef",
        "https://a_b.example:65535"
      })
  void whatTheConfigurationTakesIsAllowed(String origin) throws Exception {
    NodeConfig config =
        ConfigLoader.load(null, Map.of("MCP_NODE_HTTP_ALLOWED_ORIGINS", origin), false).config();
    assertThat(new OriginRule(config.http().allowedOrigins()).allows(origin)).isTrue();
  }

  @Test
  void anAllowedOriginThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> new OriginRule(List.of("app.example.com")))
        .hasMessageContaining("http.allowedOrigins: \"app.example.com\" (expected: scheme://");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:1, true",
    "127.0.0.1, [::1]:8080, true",
    "localhost, app.example.com, true",
    "::1, evil.example.com, false",
    "0.0.0.0, mcp.internal:8080, true",
    "0.0.0.0, not a host, false",
    "10.0.0.9, 10.0.0.9, true"
  })
  void aNodeOnALoopbackAddressIsCalledByLoopbackNames(String listen, String host, boolean allowed) {
    assertThat(new HostRule(listen, origins).allows(host)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | true",
        "APPLICATION/JSON;charset=UTF-8 | true",
        "application/json; charset=\"utf-8\"; x=y | true",
        "application/json; charset=utf-16 | false",
        "application/json-rpc | false",
        "text/json | false"
      })
  void onlyJsonInUtf8IsRead(String type, boolean json) {
    assertThat(MediaTypes.isJson(type)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json, text/event-stream | true",
        "text/event-stream;q=0.1, application/json;q=0.001 | true",
        "*/* | true",
        "application/*, text/* | true",
        "*/*;q=0, application/json, text/event-stream | true",
        "application/json, text/event-stream;q=0.000 | false",
        "application/* | false",
        "text/html, */*;q=0 | false"
      })
  void bothMediaTypesMustBeAcceptable(String accept, boolean acceptable) {
    assertThat(MediaTypes.acceptsBoth(accept)).isEqualTo(acceptable);
  }

  @Test
  void aVerdictIsFoundOnceForEachValueAndTheCacheIsBounded() {
    AtomicInteger decided = new AtomicInteger();
    Verdicts<Integer> verdicts =
        new Verdicts<>(
            value -> {
              decided.incrementAndGet();
              return value.length();
            });
    for (int i = 0; i < 10; i++) {
      assertThat(verdicts.of("a")).isEqualTo(1);
      assertThat(verdicts.of("bb")).isEqualTo(2);
    }
    assertThat(decided).hasValue(2);
    for (int i = 0; i < 1000; i++) {
      verdicts.of("v" + i);
    }
    verdicts.of("a");
    assertThat(decided).hasValue(1003);
    verdicts.of("x".repeat(5000));
    verdicts.of("x".repeat(5000));
    assertThat(decided).hasValue(1005);
  }

  @Test
  void thePrincipalIsTheSameForTheSameCredentialsOnly() {
    Principals principals = new Principals();
    assertThat(principals.of(null)).isEqualTo("anonymous");
    assertThat(principals.of("Bearer a"))
        .isEqualTo(new Principals().of("Bearer a"))
        .isNotEqualTo(principals.of("Bearer b"))
        .hasSize("credential:".length() + 16);
  }

  @Test
  void theBudgetForBodiesIsGivenBack() {
    BodyBudget budget = new BodyBudget(100);
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.take(60)).isFalse();
    assertThat(budget.take(40)).isTrue();
    budget.give(60);
    assertThat(budget.take(60)).isTrue();
  }

  @Test
  void anEventIsOneBlockWhateverIsInIt() {
    assertThat(SseFrame.of(Buffer.buffer("{}")).toString()).isEqualTo("data: {}\n\n");
    assertThat(SseFrame.of(Buffer.buffer("{\n\n}")).toString())
        .isEqualTo("data: {\ndata: \ndata: }\n\n");
  }
}
