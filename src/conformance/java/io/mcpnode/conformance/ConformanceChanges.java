package io.mcpnode.conformance;

import io.mcpnode.api.LogLevel;
import io.mcpnode.api.OnDemand;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.Registrations;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolContext;

/** The tools that change what is offered, and those that log. */
public class ConformanceChanges {

  /** A tool that comes and goes. */
  @OnDemand
  public static class ExtraTool {
    @Tool(name = "test_extra_tool", description = "Comes and goes")
    public String extra() {
      return "extra";
    }
  }

  /** A prompt that comes and goes. */
  @OnDemand
  public static class ExtraPrompt {
    @Prompt(name = "test_extra_prompt", description = "Comes and goes")
    public String extra() {
      return "extra";
    }
  }

  private final Registrations registrations;

  public ConformanceChanges(Registrations registrations) {
    this.registrations = registrations;
  }

  @Tool(name = "test_trigger_tool_change", description = "Adds a tool and takes it back")
  public synchronized String toolChange() {
    registrations.add(new ExtraTool()).close();
    return "The list of tools has changed";
  }

  @Tool(name = "test_trigger_prompt_change", description = "Adds a prompt and takes it back")
  public synchronized String promptChange() {
    registrations.add(new ExtraPrompt()).close();
    return "The list of prompts has changed";
  }

  @Tool(
      name = "test_tool_with_logging",
      description = "Logs three messages",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String logging(ToolContext context) throws InterruptedException {
    context.log(LogLevel.INFO, "conformance", "Tool execution started");
    Thread.sleep(50);
    context.log(LogLevel.INFO, "conformance", "Tool processing data");
    Thread.sleep(50);
    context.log(LogLevel.INFO, "conformance", "Tool execution completed");
    return "Tool with logging executed successfully";
  }

  @Tool(
      name = "test_logging_tool",
      description = "Logs one message",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public String logOnce(ToolContext context) {
    context.log(LogLevel.INFO, "conformance", "Logging tool called");
    return "Logged";
  }
}
