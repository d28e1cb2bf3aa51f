package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.protocol.RequestId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"7", "-1", "\"a-b c\"", "\"ü\""})
  void isReadAsItWasWritten(String request) {
    EventId id = new EventId("Ekey_-1", 3, 99, new RequestId(request));
    assertThat(EventId.of(id.toString())).isEqualTo(id);
    assertThat(id.toString()).matches("[A-Za-z0-9._-]+");
  }

  @Test
  void carriesNoLongRequestId() {
    RequestId request = RequestId.ofString("x".repeat(100));
    assertThat(new EventId("E", 1, 2, request)).hasToString("E.1.2");
    assertThat(new EventId("E", 1, 2, null)).hasToString("E.1.2");
  }

  @Test
  void tellsNewsFromCalls() {
    EventId id = EventId.of("g12.3.99");
    assertThat(id).isEqualTo(EventId.ofNews(12, 3, 99)).hasToString("g12.3.99");
    assertThat(id.isNews()).isTrue();
    assertThat(id.newsStream()).isEqualTo(12);
    assertThat(EventId.of("g.3.99").newsStream()).as("without a number").isZero();
    assertThat(EventId.of("g1x.3.99").isNews()).isFalse();
    assertThat(EventId.of("g" + "9".repeat(19) + ".3.99").isNews()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "E", "E.1", "E.1.x", "E.x.1", "E.1.2.3.4", "E.1.2.!", ".1.2", "E .1.2"})
  void whatIsNoneIsNone(String text) {
    assertThat(EventId.of(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1,2", "\"a\\\"", "nul", "1e9"})
  void aRequestIdThatIsNoneIsLeftOut(String json) {
    EventId forged = new EventId("E", 1, 2, new RequestId(json));
    assertThat(EventId.of(forged.toString()).request()).isNull();
  }
}
