package io.mcpnode.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElicitRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pay",
        "file:///a",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "http://pay.example",
        "http://10.0.0.1/pay",
        "http://localhost.pay.example",
        "http://localhost@pay.example",
        "http://localhost:8@pay.example",
        "http://localhost:8\\@pay.example",
        "http://127.0.0.1.pay.example",
        "http://128.0.0.1",
        "http://[::1].pay.example",
        "http://[::2]",
        "http://localhost/a b",
      })
  void aPageHasAnAddressOfTheWeb(String url) {
    assertThatThrownBy(() -> ElicitRequest.url("Pay", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url: " + url + " (expected: a page at https://)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://pay.example",
        "https://[::2]:8/pay?a=b#c",
        "http://localhost",
        "http://LocalHost:80/pay",
        "http://127.0.0.1?a=b",
        "http://127.1.2.3:8#c",
        "http://[::1]:8/pay",
      })
  void onlyAPageOfTheUsersOwnMachineNeedsNoEncryption(String url) {
    assertThat(ElicitRequest.url("Pay", url).url()).contains(url);
  }

  @Test
  void whatIsAddedLeavesTheRestAsItIs() {
    ElicitRequest page = ElicitRequest.url("Pay", "http://127.0.0.1:8/pay").withId("7");
    assertThat(page.within(Duration.ofSeconds(1)).id()).contains("7");
    assertThat(page.with(ElicitField.text("x")).url()).isEqualTo(page.url());
    assertThat(ElicitRequest.form("Who?").id()).isEmpty();
  }
}
