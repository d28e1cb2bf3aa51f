package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {

  private static JsonNode read(String number) {
    return TreeReader.object("{\"n\":" + number + "}").get("n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "0.1",
        "-0.0",
        "2.50",
        "0.000001",
        "99999999999999.9",
        "0.1234567890123456",
        "-1.7976931348623157E308",
        "1e300",
        "1.50E-7",
        "4.9e-324",
        "0e999999999",
      })
  void whatADoubleHoldsIsADouble(String number) {
    JsonNode node = read(number);
    assertThat(node.isDouble()).isTrue();
    assertThat(node.doubleValue()).isEqualTo(Double.parseDouble(number));
    assertThat(node.decimalValue()).isEqualByComparingTo(new BigDecimal(number));
  }

  /** Java 17 reads it back from a double as 9.999999999999999E22, so it is a decimal there. */
  @Test
  void whatTheJdkDoesNotReadBackIsKeptAllTheSame() {
    assertThat(read("100000000000000000000000.0").decimalValue())
        .isEqualByComparingTo(new BigDecimal("1e23"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993.0",
        "9007199254740993.5",
        "2147483646.9999999999",
        "-123456789012345678901.5",
        "0.1234567890123456789012345",
        "1e-400",
        "1E400",
        "1e1000",
        "-1e-1000",
      })
  void whatADoubleWouldRoundIsADecimal(String number) {
    JsonNode node = read(number);
    assertThat(node.isBigDecimal()).isTrue();
    assertThat(node.decimalValue()).isEqualTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1001",
        "-1e-1001",
        "1e999999999",
        "-1E-999999999",
        "1e2147483647",
        "1e99999999999999999999",
        "1.5e-99999999999999999999",
      })
  void anExponentBeyondUseIsKeptAsItIs(String number) {
    JsonNode node = read(number);
    assertThat(node.isNumber()).isFalse();
    assertThat(node.toString()).isEqualTo(number);
  }

  @Test
  void allElseIsWhatItIs() {
    String json =
        "{\"a\":[1,123456789012345678901234567890,\"s\",true,null,{}],\"b\":{\"c\":[[]]}}";
    assertThat(TreeReader.object(json).toString()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":}"})
  void onlyAnObjectIsRead(String json) {
    assertThatThrownBy(() -> TreeReader.object(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
