package io.mcpnode.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonOutTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void anyStringComesBackAsItWas() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        switch (random.nextInt(5)) {
          case 0 -> text.append((char) random.nextInt(0x30));
          case 1 -> text.append((char) random.nextInt(0x900));
          case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0xFFFFF));
          case 3 -> text.append((char) (0xD700 + random.nextInt(0x1000)));
          default -> text.append((char) ('a' + random.nextInt(26)));
        }
      }
      String value = text.toString();
      byte[] bytes = new JsonOut(0).string(value).toByteArray();
      assertThat(Utf8.valid(bytes)).isTrue();
      assertThat(mapper.readValue(bytes, String.class)).isEqualTo(value);
      assertThat(mapper.readValue(JsonOut.quoted(value), String.class)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "50, 50",
    "0.25, 0.25",
    "-3, -3",
    "1e300, 1.0E300",
    "NaN, null",
    "Infinity, null",
    "9007199254740993, 9007199254740992"
  })
  void numbersAreJson(double value, String expected) {
    assertThat(new String(new JsonOut(0).number(value).toByteArray(), UTF_8)).isEqualTo(expected);
  }

  @Test
  void aTreeTooDeepForTheWriterIsRefused() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ObjectNode leaf = tree;
    for (int i = 0; i < 3_000; i++) {
      leaf = leaf.putObject("x");
    }
    assertThatThrownBy(() -> new JsonOut(16).node(tree))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
