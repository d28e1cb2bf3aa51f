package io.mcpnode.conformance;

import io.mcpnode.api.CompleteArg;
import io.mcpnode.api.CompletePrompt;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.EmbeddedResource;
import io.mcpnode.api.Icons;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.MetaField;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.PromptArg;
import io.mcpnode.api.PromptMessage;
import io.mcpnode.api.PromptResponse;
import io.mcpnode.api.ToolContext;
import java.util.List;
import java.util.stream.Stream;

/** The prompts that the official MCP conformance tool asks for by name. */
@Icons(iconProvider = ConformanceIcons.class)
public class ConformancePrompts {

  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  @Prompt(name = "test_simple_prompt", description = "Needs no arguments")
  @MetaField(
      prefix = "com.example/",
      name = "fixture",
      type = MetaField.Type.JSON,
      value = "[1, {}]")
  public String simple() {
    return "This is a simple prompt for testing.";
  }

  @Prompt(name = "test_prompt_with_arguments", description = "Needs two arguments")
  public String arguments(
      @PromptArg(name = "arg1", description = "The first argument") String arg1,
      @PromptArg(name = "arg2", description = "The second argument") String arg2) {
    return "Prompt with arguments: arg1='" + arg1 + "', arg2='" + arg2 + "'";
  }

  @CompletePrompt("test_prompt_with_arguments")
  public List<String> values(@CompleteArg(name = "arg1") String typed) {
    return Stream.of("test", "testing", "other").filter(each -> each.startsWith(typed)).toList();
  }

  @Prompt(name = "test_prompt_with_embedded_resource", description = "Contains a resource")
  public PromptResponse embedded(
      @PromptArg(name = "resourceUri", description = "The address of the resource")
          String resourceUri) {
    return PromptResponse.of(
        PromptMessage.ofUser(
            EmbeddedResource.builder("Embedded resource content for testing.", resourceUri)
                .setMimeType("text/plain")
                .build()),
        PromptMessage.ofUser("Please process the embedded resource above."));
  }

  @Prompt(name = "test_prompt_with_image", description = "Contains a picture of one pixel")
  public List<PromptMessage> image() {
    return List.of(
        PromptMessage.ofUser(new ImageContent(PNG, "image/png")),
        PromptMessage.ofUser("Please analyze the image above."));
  }

  @Prompt(name = "test_input_required_result_prompt", description = "Asks for a context first")
  public String afterQuestion(ToolContext context) {
    ElicitRequest question =
        ElicitRequest.form("What context should the prompt use?", ElicitField.text("context"));
    return "In this context: "
        + context.elicit("user_context", question).join().text("context").orElse("none");
  }
}
