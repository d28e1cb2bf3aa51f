package io.mcpnode.feature.call;

import static io.mcpnode.feature.Calls.json;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client accepts {@code x-mcp-header}, and where it would drop the tool. */
class HeaderMarksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object'}",
        "{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}",
        "{'properties':{'a':{'type':'object','properties':{'b':{'type':'boolean','x-mcp-header':"
            + "'B'}}}}}",
        "{'properties':{'x-mcp-header':{'type':'string'}}}",
        "{'properties':{'a':{'type':'object','default':{'x-mcp-header':'A'}}}}",
      })
  void accepted(String schema) {
    assertThatCode(() -> HeaderMarks.check(json(schema))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','x-mcp-header':'A'}",
        "{'properties':{'a':{'type':'string','x-mcp-header':''}}}",
        "{'properties':{'a':{'type':'string','x-mcp-header':1}}}",
        "{'properties':{'a':{'type':'string','x-mcp-header':'A\\r'}}}",
        "{'properties':{'a':{'type':'array','x-mcp-header':'A'}}}",
        "{'properties':{'a':{'x-mcp-header':'A'}}}",
        "{'properties':{'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}}}",
        "{'$defs':{'a':{'type':'string','x-mcp-header':'A'}}}",
        "{'allOf':[{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}]}",
        "{'properties':{'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string',"
            + "'x-mcp-header':'a'}}}",
      })
  void refused(String schema) {
    assertThatThrownBy(() -> HeaderMarks.check(json(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x-mcp-header: ");
  }
}
