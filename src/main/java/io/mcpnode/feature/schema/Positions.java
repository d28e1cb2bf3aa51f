package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns arguments that are passed in order into the parameters of a method. */
public final class Positions {

  private static final Place ARGS = new Place(null, "args", -1);

  private final List<@Nullable Argument> parameters;
  private final int arguments;

  /**
   * @param parameters null: gets the context of the call
   */
  public Positions(List<@Nullable Argument> parameters) {
    this.parameters = new ArrayList<>(parameters);
    this.arguments = (int) parameters.stream().filter(argument -> argument != null).count();
  }

  /** The parameters; of no use if there are problems. */
  public @Nullable Object[] bind(ArrayNode args, Object context, Problems problems) {
    if (args.size() > arguments) {
      problems.add("args: " + args.size() + " (expected: at most " + arguments + ")");
    }
    @Nullable Object[] bound = new @Nullable Object[parameters.size()];
    int next = 0;
    for (int i = 0; i < bound.length; i++) {
      Argument argument = parameters.get(i);
      if (argument == null) {
        bound[i] = context;
      } else {
        argument.read(args.get(next), ARGS, bound, i, problems);
        next++;
      }
    }
    return bound;
  }
}
