package io.mcpnode.conformance;

import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The tools of the official conformance tool that need more than one round. */
public class RoundTools {

  private static final String PREFIX = "test_input_required_result_";

  private static CompletableFuture<ElicitResponse> ask(
      ToolContext context, String key, String message, ElicitField field) {
    return context.elicit(key, ElicitRequest.form(message, field));
  }

  private static CompletableFuture<SampleResponse> capital(ToolContext context) {
    return context.sample(
        "capital_question", SampleRequest.of(100, "What is the capital of France?"));
  }

  private static String name(ElicitResponse answer) {
    return answer.text("name").orElse("nobody");
  }

  @Tool(name = PREFIX + "elicitation", description = "Asks for a name")
  public String elicitation(ToolContext context) {
    return "Hello, "
        + name(ask(context, "user_name", "What is your name?", ElicitField.text("name")).join())
        + "!";
  }

  @Tool(name = PREFIX + "sampling", description = "Asks the client's model")
  public String sampling(ToolContext context) {
    return "The model said: " + capital(context).join().text();
  }

  @Tool(name = PREFIX + "list_roots", description = "Asks for the client's roots")
  public String roots(ToolContext context) {
    return "Roots: " + context.roots("client_roots").join().stream().map(Root::uri).toList();
  }

  @Tool(name = PREFIX + "request_state", description = "Asks for a confirmation")
  public String requestState(ToolContext context) {
    return confirmed(context);
  }

  @Tool(name = PREFIX + "tampered_state", description = "Asks for a confirmation")
  public String tamperedState(ToolContext context) {
    return confirmed(context);
  }

  private static String confirmed(ToolContext context) {
    ElicitResponse answer =
        ask(context, "confirm", "Please confirm", ElicitField.yesNo("ok")).join();
    return "state-ok: " + answer.yes("ok");
  }

  @Tool(name = PREFIX + "multiple_inputs", description = "Asks three questions at once")
  public String multiple(ToolContext context) {
    CompletableFuture<ElicitResponse> name =
        ask(context, "user_name", "What is your name?", ElicitField.text("name"));
    CompletableFuture<SampleResponse> greeting =
        context.sample("greeting", SampleRequest.of(50, "Generate a greeting"));
    CompletableFuture<List<Root>> roots = context.roots("client_roots");
    return name(name.join()) + ", " + greeting.join().text() + ", " + roots.join().size();
  }

  @Tool(name = PREFIX + "multi_round", description = "Asks one question after the other")
  public String rounds(ToolContext context) {
    ElicitResponse name =
        ask(context, "step1", "Step 1: What is your name?", ElicitField.text("name")).join();
    ElicitResponse color =
        ask(context, "step2", "Step 2: What is your favorite color?", ElicitField.text("color"))
            .join();
    return name(name) + " likes " + color.text("color").orElse("nothing");
  }

  @Tool(name = PREFIX + "capabilities", description = "Asks what the client can answer")
  public String capabilities(ToolContext context) {
    if (context.supports(ClientCapability.ELICITATION)) {
      ask(context, "user_name", "What is your name?", ElicitField.text("name")).join();
    }
    return context.supports(ClientCapability.SAMPLING)
        ? "Sampled: " + capital(context).join().text()
        : "Nothing to sample with";
  }
}
