package io.mcpnode.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which peers are on this machine. */
class AccessTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "::1",
        "::ffff:127.0.0.1",
        "0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1%lo"
      })
  void loopbackAddressesAre(String address) {
    assertThat(Access.isLoopback(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "0:0:0:0:0:0:0:1234", "0:0:0:0:0:0:0:10", "1270.0.0.1"})
  void othersAreNot(String address) {
    assertThat(Access.isLoopback(address)).isFalse();
  }
}
