package io.mcpnode.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.protocol.TreeReader;
import java.util.concurrent.TimeUnit;

/** Calls of tools in tests: JSON with single quotes in, outcomes out. */
public final class Calls {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Calls() {}

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (java.io.IOException invalid) {
      throw new IllegalArgumentException(invalid);
    }
  }

  /** What is made of a class. */
  public static FeatureClasses load(Class<?> type, BlockingCalls blocking) {
    FeatureClasses classes =
        new FeatureClasses(
            Compilers.on(blocking),
            () -> {
              throw new IllegalStateException("nobody asks");
            });
    classes.add(type);
    return classes;
  }

  public static ToolOutcome call(Tool tool, String arguments) {
    return call(tool, arguments, FakeContext.session());
  }

  public static ToolOutcome call(Tool tool, String arguments, ToolContext context) {
    try {
      return tool.call(TreeReader.object(arguments.replace('\'', '"')), context)
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** The structured content, read back, so that an int and a long are the same number. */
  public static JsonNode structured(ToolOutcome outcome) {
    return json(String.valueOf(outcome.structured()));
  }

  /** The text of an outcome with one block. */
  public static String text(ToolOutcome outcome) {
    if (outcome.content().size() != 1) {
      throw new AssertionError("content: " + outcome.content());
    }
    return ((Content.Text) outcome.content().get(0)).text();
  }
}
