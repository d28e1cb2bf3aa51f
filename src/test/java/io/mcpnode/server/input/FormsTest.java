package io.mcpnode.server.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.api.ElicitField;
import io.mcpnode.protocol.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormsTest {

  private static LinkedHashMap<String, String> titled() {
    return new LinkedHashMap<>(Map.of("r", "Red"));
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of(
            ElicitField.text("x").limited("maxLength", 9).describedAs("d").withDefault("v"),
            "{'type':'string','description':'d','maxLength':9}",
            "{'type':'string','description':'d','maxLength':9,'default':'v'}"),
        Arguments.of(
            ElicitField.integer("x").withDefault(30).titled("t"),
            "{'type':'integer','title':'t'}",
            "{'type':'integer','title':'t','default':30}"),
        Arguments.of(
            ElicitField.number("x").withDefault(95.5),
            "{'type':'number'}",
            "{'type':'number','default':95.5}"),
        Arguments.of(
            ElicitField.yesNo("x").withDefault(true),
            "{'type':'boolean','default':true}",
            "{'type':'boolean','default':true}"),
        Arguments.of(
            ElicitField.choice("x", List.of("a", "b")),
            "{'type':'string','enum':['a','b']}",
            "{'type':'string','enum':['a','b']}"),
        Arguments.of(
            ElicitField.choice("x", titled()),
            "{'type':'string','enum':['r'],'enumNames':['Red']}",
            "{'type':'string','oneOf':[{'const':'r','title':'Red'}]}"),
        Arguments.of(
            ElicitField.choices("x", List.of("a", "b")).limited("minItems", 1),
            "{'type':'string','description':'Any of these, with commas between them: a, b'}",
            "{'type':'array','items':{'type':'string','enum':['a','b']},'minItems':1}"),
        Arguments.of(
            ElicitField.choices("x", titled()).describedAs("d"),
            "{'type':'string','description':'d. Any of these, with commas between them: r'}",
            "{'type':'array','items':{'anyOf':[{'const':'r','title':'Red'}]},'description':'d'}"),
        Arguments.of(
            ElicitField.ofSchema("x", "{\"type\":\"string\",\"enumNames\":[]}"),
            "{'type':'string','enumNames':[]}",
            "{'type':'string','enumNames':[]}"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldIsWrittenAsItsRevisionKnowsIt(ElicitField field, String june, String november) {
    assertThat(schema(field, Revision.V2025_06_18)).isEqualTo(june.replace('\'', '"'));
    assertThat(schema(field, Revision.V2025_11_25)).isEqualTo(november.replace('\'', '"'));
    assertThat(schema(field, Revision.V2026_07_28)).isEqualTo(november.replace('\'', '"'));
  }

  private static String schema(ElicitField field, Revision revision) {
    return Forms.schema(List.of(field), revision).at("/properties/x").toString();
  }

  @Test
  void onlyWhatIsNotOptionalIsRequired() {
    assertThat(
            Forms.schema(
                    List.of(ElicitField.text("a"), ElicitField.text("b").optional()),
                    Revision.V2025_11_25)
                .get("required")
                .toString())
        .isEqualTo("[\"a\"]");
    assertThat(Forms.schema(List.of(), Revision.V2025_11_25).has("required")).isFalse();
  }

  @Test
  void aSchemaThatIsNoneIsNamed() {
    assertThatThrownBy(
            () -> Forms.schema(List.of(ElicitField.ofSchema("x", "[]")), Revision.V2025_11_25))
        .hasMessage("x: [] (expected: a JSON object)");
    assertThatThrownBy(
            () -> Forms.schema(List.of(ElicitField.ofSchema("x", "{")), Revision.V2025_11_25))
        .hasMessage("x: { (expected: a JSON object)");
  }
}
