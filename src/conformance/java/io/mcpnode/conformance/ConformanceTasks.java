package io.mcpnode.conformance;

import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.McpException;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import java.util.concurrent.CompletableFuture;

/** The tools with which the official MCP conformance tool tries tasks. */
public class ConformanceTasks {

  private static final int INTERNAL_ERROR = -32603;

  @Tool(description = "Greets, at once", annotations = @Tool.Annotations(readOnlyHint = true))
  public String greet(@ToolArg(name = "name") String name) {
    return "Hello, " + name + "!";
  }

  @Tool(
      name = "slow_compute",
      description = "Computes for a while",
      taskSupport = Tool.TaskSupport.OPTIONAL,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String compute(
      @ToolArg(name = "seconds") double seconds,
      @ToolArg(name = "label", required = false) String label)
      throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
    return "Computed " + label + " for " + seconds + " s";
  }

  @Tool(
      name = "failing_job",
      description = "Works for a second, then fails",
      taskSupport = Tool.TaskSupport.REQUIRED,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String failingJob() throws InterruptedException {
    Thread.sleep(1000);
    throw new IllegalStateException("This job always fails");
  }

  @Tool(
      name = "protocol_error_job",
      description = "Ends with a protocol error",
      taskSupport = Tool.TaskSupport.OPTIONAL,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String protocolErrorJob() throws InterruptedException {
    Thread.sleep(200);
    throw new McpException(INTERNAL_ERROR, "This job ends with a protocol error");
  }

  @Tool(
      name = "confirm_delete",
      description = "Deletes nothing, after a confirmation",
      taskSupport = Tool.TaskSupport.OPTIONAL,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String confirmDelete(@ToolArg(name = "filename") String filename, ToolContext context) {
    ElicitResponse answer =
        context
            .elicit(
                "confirm",
                ElicitRequest.form("Delete " + filename + "?", ElicitField.yesNo("confirm")))
            .join();
    return (answer.accepted() ? "Deleted " : "Kept ") + filename;
  }

  @Tool(
      name = "multi_input",
      description = "Asks two questions at once",
      taskSupport = Tool.TaskSupport.OPTIONAL,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String multiInput(ToolContext context) {
    CompletableFuture<ElicitResponse> name =
        context.elicit("name", ElicitRequest.form("Who are you?", ElicitField.text("name")));
    CompletableFuture<ElicitResponse> sure =
        context.elicit("confirm", ElicitRequest.form("Sure?", ElicitField.yesNo("confirm")));
    return name.join().action() + " and " + sure.join().action();
  }

  @Tool(
      name = "test_tool_with_task",
      description = "Asks for a name, then greets as a task",
      taskSupport = Tool.TaskSupport.REQUIRED,
      taskOnDemand = true,
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String askThenWork(ToolContext context) {
    ElicitResponse answer =
        context
            .elicit("user_name", ElicitRequest.form("Who are you?", ElicitField.text("name")))
            .join();
    context.task().join();
    return "Hello, " + answer.text("name").orElse("stranger") + "!";
  }

  /** Not of the conformance tool: what may not be done twice, for tests of lost nodes. */
  @Tool(
      name = "long_duty",
      description = "Does once what takes a while",
      taskSupport = Tool.TaskSupport.OPTIONAL)
  public String duty(@ToolArg(name = "seconds") double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
    return "Did its duty for " + seconds + " s";
  }
}
