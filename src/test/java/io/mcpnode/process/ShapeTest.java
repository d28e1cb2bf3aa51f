package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\":1.5,\"a\":\"x\"} | {b:n, a:s}",
        "{\"a\":{\"b\":true},\"c\":null} | {a:{b:b}, c:null}",
        "[1,2] | [n]",
        "[{\"a\":1},{\"b\":1},{\"a\":2}] | `[{a:n} | {b:n}]`",
        "{\"a\":[]} | {a:[]}"
      })
  void itTellsFieldsAndTypes(String json, String shape) throws JsonProcessingException {
    assertThat(Shape.of(new ObjectMapper().readTree(json))).isEqualTo(shape);
  }

  @Test
  void nothingHasNoShape() {
    assertThat(Shape.of(MissingNode.getInstance())).isEqualTo("missing");
  }
}
