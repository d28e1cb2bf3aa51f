package io.mcpnode.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.api.SampleRequest.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a conversation in which a model uses tools. */
class SampleRequestTest {

  /** Messages such as {@code a:use1,use2}; {@code t} is text. */
  private static List<Message> messages(String notation) {
    List<Message> messages = new ArrayList<>();
    for (String each : notation.split(" ")) {
      List<SampleContent> content = new ArrayList<>();
      for (String block : each.substring(2).split(",")) {
        String id = block.substring(block.length() - 1);
        content.add(
            block.startsWith("use")
                ? new ToolUse(id, "tool", Map.of())
                : block.startsWith("result")
                    ? new ToolUse(id, "tool", Map.of()).result("x")
                    : TextContent.of(block));
      }
      messages.add(new Message(each.startsWith("a") ? Role.ASSISTANT : Role.USER, content));
    }
    return messages;
  }

  private static SampleRequest request(List<Message> messages) {
    return new SampleRequest(
        messages,
        1,
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        List.of(),
        SampleRequest.ToolChoice.AUTO,
        Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u:t | ",
        "u:t a:t u:t | ",
        "u:t a:t,use1 u:result1 | ",
        "u:t a:use1,use2 u:result2,result1 a:use3 u:result3 | ",
        "u:t a:use1 | messages[2]: none (expected: results of [1])",
        "u:t a:use1 u:t | messages[2]: results of [] (expected: of [1])",
        "u:t a:use1,use2 u:result1 | messages[2]: results of [1] (expected: of [1, 2])",
        "u:t a:use1 u:result1,result2 | messages[2]: results of [1, 2] (expected: of [1])",
        "u:t a:use1 u:result1,t | messages[2]: results and other content",
        "u:t a:use1 u:result1,result1 | messages[2]: results and other content",
        "u:result1 | messages[0]: results of [1] (expected: of [])",
        "u:use1 u:result1 | messages[0]: the user uses a tool",
        "a:use1 a:result1 | messages[1]: results of the assistant",
      })
  void everyUseOfAToolIsAnsweredByTheNextMessageAlone(String notation, String wrong) {
    List<Message> messages = messages(notation);
    if (wrong == null) {
      assertThat(request(messages).messages()).isEqualTo(messages);
    } else {
      assertThatThrownBy(() -> request(messages))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(wrong);
    }
  }

  @Test
  void theConversationGoesOnWithWhatTheToolsAnswer() {
    SampleResponse response =
        new SampleResponse(
            List.of(
                TextContent.of("let me see"),
                new ToolUse("1", "weather", Map.of("city", "Oslo")),
                new ToolUse("2", "weather", Map.of())),
            "m",
            Optional.of("toolUse"));
    assertThat(response.text()).isEqualTo("let me see");
    SampleRequest next =
        SampleRequest.of(9, "Where?")
            .answering(
                response,
                use -> use.text("city").map(use::result).orElseGet(() -> use.failed("no city")));
    assertThat(next.messages())
        .containsExactly(
            new Message(Role.USER, TextContent.of("Where?")),
            new Message(Role.ASSISTANT, response.content()),
            new Message(
                Role.USER,
                List.of(
                    new ToolResult("1", List.of(TextContent.of("Oslo")), Optional.empty(), false),
                    new ToolResult(
                        "2", List.of(TextContent.of("no city")), Optional.empty(), true))));
    SampleResponse end = new SampleResponse(List.of(TextContent.of("Oslo")), "m", Optional.empty());
    assertThat(next.answering(end, use -> use.failed("nobody asks")).messages())
        .hasSize(4)
        .last()
        .isEqualTo(new Message(Role.ASSISTANT, TextContent.of("Oslo")));
  }

  @Test
  void aMessageHasSomethingInIt() {
    assertThatThrownBy(() -> new Message(Role.USER, List.of()))
        .hasMessage("content: none (expected: at least one block)");
  }
}
