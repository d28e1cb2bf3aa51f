package io.mcpnode.server.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ElicitField;
import io.mcpnode.feature.Calls;
import io.mcpnode.protocol.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormCheckTest {

  private static final LinkedHashMap<String, String> TITLED =
      new LinkedHashMap<>(Map.of("r", "Red"));

  /** Of each type one, and none of them required but the name. */
  private static final List<ElicitField> FIELDS =
      List.of(
          ElicitField.text("name").limited("minLength", 2).limited("maxLength", 4),
          ElicitField.integer("age").limited("minimum", 1).limited("maximum", 9).optional(),
          ElicitField.number("score").optional(),
          ElicitField.yesNo("sure").optional(),
          ElicitField.choice("size", List.of("s", "l")).optional(),
          ElicitField.choice("color", TITLED).optional(),
          ElicitField.choices("some", List.of("a", "b")).limited("minItems", 1).optional(),
          ElicitField.choices("colors", TITLED).limited("maxItems", 1).optional(),
          ElicitField.text("day").limited("format", "date").optional(),
          ElicitField.text("time").limited("format", "date-time").optional(),
          ElicitField.text("page").limited("format", "uri").optional(),
          ElicitField.text("mail").limited("format", "email").optional(),
          ElicitField.ofSchema("free", "{}").optional());

  private static ObjectNode schema(Revision revision) {
    return Forms.schema(FIELDS, revision);
  }

  private static JsonNode named(String more) {
    return Calls.json("{'name':'Ada'" + (more.isEmpty() ? "" : "," + more) + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'age':3",
        "'age':3.0",
        "'age':null",
        "'score':1.5",
        "'score':1",
        "'sure':false",
        "'size':'l'",
        "'color':'r'",
        "'some':['a','b','a']",
        "'colors':['r']",
        "'day':'2026-07-28'",
        "'time':'2026-07-28T12:00:00Z'",
        "'page':'https://example.com/x'",
        "'mail':'ada@example.com'",
        "'free':{'any':'thing'}",
        "'unknown':7",
      })
  void whatFitsIsTaken(String more) {
    assertThatCode(() -> FormCheck.check(named(more), schema(Revision.V2025_11_25)))
        .doesNotThrowAnyException();
    assertThatCode(() -> FormCheck.check(named(more), schema(Revision.V2026_07_28)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'age':'3' | age: \"3\" (expected: a whole number)",
        "'age':3.5 | age: \"3.5\" (expected: a whole number)",
        "'age':0 | age: \"0\" (expected: >= 1)",
        "'age':10 | age: \"10\" (expected: <= 9)",
        "'score':'1' | score: \"1\" (expected: a number)",
        "'sure':'yes' | sure: \"yes\" (expected: true or false)",
        "'size':'xl' | size: \"xl\" (expected: one of [s, l])",
        "'color':'Red' | color: \"Red\" (expected: one of [r])",
        "'some':'a' | some: \"a\" (expected: a list)",
        "'some':[] | some: \"[]\" (expected: at least 1 of them)",
        "'some':['c'] | some: \"[\"c\"]\" (expected: of [a, b])",
        "'some':[1] | some: \"[1]\" (expected: of [a, b])",
        "'colors':['r','r'] | colors: \"[\"r\",\"r\"]\" (expected: at most 1 of them)",
        "'day':'28.7.2026' | day: \"28.7.2026\" (expected: a date such as 2026-07-28)",
        "'time':'noon' | time: \"noon\" (expected: a time such as 2026-07-28T12:00:00Z)",
        "'page':'x' | page: \"x\" (expected: a URI)",
        "'mail':'ada' | mail: \"ada\" (expected: an email address)",
      })
  void whatDoesNotIsNamed(String more, String problem) {
    assertThatThrownBy(() -> FormCheck.check(named(more), schema(Revision.V2025_11_25)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("content." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | missing (expected: it is required)",
        "7 | missing (expected: it is required)",
        "{'name':null} | missing (expected: it is required)",
        "{'name':'A'} | \"A\" (expected: at least 2 characters)",
        "{'name':'Augusta'} | \"Augusta\" (expected: at most 4 characters)",
        "{'name':['Ada']} | \"[\"Ada\"]\" (expected: text)",
      })
  void whatIsRequiredMustBeThere(String content, String problem) {
    assertThatThrownBy(() -> FormCheck.check(Calls.json(content), schema(Revision.V2025_11_25)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("content.name: " + problem);
  }

  @Test
  void theAnswerHasToFitTheFormThatTheClientGot() {
    ObjectNode former = schema(Revision.V2025_06_18);
    assertThatCode(() -> FormCheck.check(named("'some':'a, b','color':'r'"), former))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> FormCheck.check(named("'color':'g'"), former))
        .hasMessage("content.color: \"g\" (expected: one of [r])");
  }
}
