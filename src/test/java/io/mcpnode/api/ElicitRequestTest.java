package io.mcpnode.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElicitRequestTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "pay", "file:///a", "javascript:alert(1)", "https://", "https://a b"})
  void aPageHasAnAddressOfTheWeb(String url) {
    assertThatThrownBy(() -> ElicitRequest.url("Pay", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url: " + url + " (expected: a page at https://)");
  }

  @Test
  void whatIsAddedLeavesTheRestAsItIs() {
    ElicitRequest page = ElicitRequest.url("Pay", "http://127.0.0.1:8/pay").withId("7");
    assertThat(page.within(Duration.ofSeconds(1)).id()).contains("7");
    assertThat(page.with(ElicitField.text("x")).url()).isEqualTo(page.url());
    assertThat(ElicitRequest.form("Who?").id()).isEmpty();
  }
}
