package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5701", "node-1.example.org:65535", "[::1]:1"})
  void anAddressIsRead(String text) {
    assertThat(HostAndPort.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":5701", "host:0", "host:65536", "a b:1", "h:1:2"})
  void anythingElseIsRefusedNamingValueAndForm(String text) {
    assertThatThrownBy(() -> HostAndPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" (expected: host:port)");
  }
}
