package io.mcpnode.conformance;

import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import java.util.LinkedHashMap;
import java.util.List;

/** The tools of the official conformance tool that ask their client within a session. */
public class QuestionTools {

  @Tool(name = "test_sampling", description = "Has the client's model write something")
  public String sampling(@ToolArg(name = "prompt") String prompt, ToolContext context) {
    return "LLM response: " + context.sample("text", SampleRequest.of(100, prompt)).join().text();
  }

  @Tool(name = "test_elicitation", description = "Asks the client's user for a name and an address")
  public String elicitation(@ToolArg(name = "message") String message, ToolContext context) {
    return shown(
        context,
        message,
        ElicitField.text("username").describedAs("User's response"),
        ElicitField.text("email").describedAs("User's email address"));
  }

  @Tool(
      name = "test_elicitation_sep1034_defaults",
      description = "Asks with values that are filled in beforehand")
  public String defaults(ToolContext context) {
    return shown(
        context,
        "Please review",
        ElicitField.text("name").withDefault("John Doe"),
        ElicitField.integer("age").withDefault(30),
        ElicitField.number("score").withDefault(95.5),
        ElicitField.choice("status", List.of("active", "inactive", "pending"))
            .withDefault("active"),
        ElicitField.yesNo("verified").withDefault(true));
  }

  @Tool(
      name = "test_elicitation_sep1330_enums",
      description = "Asks for choices in all ways that there are")
  public String enums(ToolContext context) {
    LinkedHashMap<String, String> titled = new LinkedHashMap<>();
    titled.put("value1", "First Option");
    titled.put("value2", "Second Option");
    titled.put("value3", "Third Option");
    List<String> untitled = List.of("option1", "option2", "option3");
    return shown(
        context,
        "Please choose",
        ElicitField.choice("untitledSingle", untitled),
        ElicitField.choice("titledSingle", titled),
        ElicitField.ofSchema(
            "legacyEnum",
            "{\"type\":\"string\",\"enum\":[\"opt1\",\"opt2\",\"opt3\"],"
                + "\"enumNames\":[\"Option One\",\"Option Two\",\"Option Three\"]}"),
        ElicitField.choices("untitledMulti", untitled),
        ElicitField.choices("titledMulti", titled));
  }

  private static String shown(ToolContext context, String message, ElicitField... fields) {
    ElicitResponse answer = context.elicit("form", ElicitRequest.form(message, fields)).join();
    return "User response: " + answer.action() + " " + answer.content();
  }

  @Tool(name = "test_missing_capability", description = "Can't do without the client's model")
  public String missing(ToolContext context) {
    return context.sample("text", SampleRequest.of(100, "Say something")).join().text();
  }

  @Tool(name = "test_streaming_elicitation", description = "Asks the client's user")
  public String streaming(ToolContext context) {
    return shown(context, "Please confirm", ElicitField.yesNo("confirm"));
  }

  @Tool(
      name = "test_reconnection",
      description = "Ends the client's connection before the answer",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String reconnection(ToolContext context) throws InterruptedException {
    context.closeStream();
    Thread.sleep(100);
    return "Reconnection test completed successfully";
  }
}
