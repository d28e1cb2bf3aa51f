package io.mcpnode.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that the client's model shall write, such as
 *
 * <pre>{@code
 * SampleRequest.of(100, "What is the capital of France?")
 * }</pre>
 *
 * <p>The model of a client that has {@link ClientCapability#SAMPLING_TOOLS} may use tools
 * meanwhile:
 *
 * <pre>{@code
 * SampleTool weather = SampleTool.of("weather", "Tomorrow's weather",
 *     "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
 * SampleRequest request = SampleRequest.of(500, "Where shall we go?").withTools(weather);
 * SampleResponse response = context.sample("turn 0", request).join();
 * for (int turn = 1; !response.toolUses().isEmpty(); turn++) {
 *   request = request.answering(response, use -> use.result(forecast(use.text("city").orElse(""))));
 *   response = context.sample("turn " + turn, request).join();
 * }
 * return response.text();
 * }</pre>
 *
 * @param messages at least one
 * @param modelHints names of models, or parts of names, the preferred one first
 * @param tools that the model may use
 * @param timeout how long the answer may take
 */
public record SampleRequest(
    List<Message> messages,
    int maxTokens,
    Optional<String> systemPrompt,
    OptionalDouble temperature,
    List<String> stopSequences,
    List<String> modelHints,
    List<SampleTool> tools,
    ToolChoice toolChoice,
    Duration timeout) {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  /** Whether the model uses tools. */
  public enum ToolChoice {
    /** As it likes. */
    AUTO,
    /** At least one. */
    REQUIRED,
    NONE
  }

  /** A message of the conversation: one block, or several. */
  public record Message(Role role, List<SampleContent> content) {
    public Message {
      Objects.requireNonNull(role, "role");
      content = List.copyOf(content);
      if (content.isEmpty()) {
        throw new IllegalArgumentException("content: none (expected: at least one block)");
      }
    }

    public Message(Role role, SampleContent content) {
      this(role, List.of(content));
    }
  }

  public SampleRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages: none (expected: at least one)");
    }
    Conversation.check(messages);
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens: " + maxTokens + " (expected: >= 1)");
    }
    stopSequences = List.copyOf(stopSequences);
    modelHints = List.copyOf(modelHints);
    tools = List.copyOf(tools);
    Objects.requireNonNull(toolChoice, "toolChoice");
    Objects.requireNonNull(timeout, "timeout");
  }

  /** The user says this; five minutes for the answer. */
  public static SampleRequest of(int maxTokens, String prompt) {
    return new SampleRequest(
        List.of(new Message(Role.USER, TextContent.of(prompt))),
        maxTokens,
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        List.of(),
        ToolChoice.AUTO,
        FIVE_MINUTES);
  }

  /** The conversation goes on with this. */
  public SampleRequest with(Role role, SampleContent... content) {
    return with(List.of(new Message(role, List.of(content))));
  }

  /**
   * The conversation goes on: with what the model wrote, and what the tools answer that it wants to
   * use.
   *
   * @param tool called for each use, in order
   */
  public SampleRequest answering(SampleResponse response, Function<ToolUse, ToolResult> tool) {
    List<Message> more = new ArrayList<>();
    more.add(new Message(Role.ASSISTANT, response.content()));
    List<SampleContent> results = new ArrayList<>();
    response.toolUses().forEach(use -> results.add(tool.apply(use)));
    if (!results.isEmpty()) {
      more.add(new Message(Role.USER, results));
    }
    return with(more);
  }

  private SampleRequest with(List<Message> more) {
    return changed(
        draft -> {
          draft.messages = new ArrayList<>(messages);
          draft.messages.addAll(more);
        });
  }

  public SampleRequest withSystemPrompt(String prompt) {
    return changed(draft -> draft.systemPrompt = Optional.of(prompt));
  }

  public SampleRequest withTemperature(double temperature) {
    return changed(draft -> draft.temperature = OptionalDouble.of(temperature));
  }

  public SampleRequest withStopSequences(String... sequences) {
    return changed(draft -> draft.stopSequences = List.of(sequences));
  }

  public SampleRequest preferring(String... models) {
    return changed(draft -> draft.modelHints = List.of(models));
  }

  /** Only clients with {@link ClientCapability#SAMPLING_TOOLS} can be asked then. */
  public SampleRequest withTools(SampleTool... tools) {
    return withTools(ToolChoice.AUTO, tools);
  }

  public SampleRequest withTools(ToolChoice choice, SampleTool... tools) {
    return changed(
        draft -> {
          draft.tools = List.of(tools);
          draft.toolChoice = choice;
        });
  }

  /** For clients that hold the call open; those of 2026-07-28 call again within ten minutes. */
  public SampleRequest within(Duration timeout) {
    return changed(draft -> draft.timeout = timeout);
  }

  private SampleRequest changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new SampleRequest(
        draft.messages,
        maxTokens,
        draft.systemPrompt,
        draft.temperature,
        draft.stopSequences,
        draft.modelHints,
        draft.tools,
        draft.toolChoice,
        draft.timeout);
  }

  /** The next request, as long as it is not made. */
  private static final class Draft {
    private List<Message> messages;
    private Optional<String> systemPrompt;
    private OptionalDouble temperature;
    private List<String> stopSequences;
    private List<String> modelHints;
    private List<SampleTool> tools;
    private ToolChoice toolChoice;
    private Duration timeout;

    Draft(SampleRequest from) {
      messages = from.messages;
      systemPrompt = from.systemPrompt;
      temperature = from.temperature;
      stopSequences = from.stopSequences;
      modelHints = from.modelHints;
      tools = from.tools;
      toolChoice = from.toolChoice;
      timeout = from.timeout;
    }
  }
}
