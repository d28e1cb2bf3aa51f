package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.DynamicRefValidator;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.RefValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/**
 * The steps that one check may take: references it follows and mismatches it finds. Where parts of
 * a schema refer to it again, a small value can take exponentially many.
 */
final class CheckBudget extends ExecutionContext {

  private static final int LEAST = 1_000;
  private static final int PER_VALUE = 50;
  private static final int MOST = 100_000;

  /** The check has taken too many. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted(int most) {
      super("takes too long to check (expected: <= " + most + " steps)");
    }
  }

  private final int most;
  private int taken;

  /**
   * @param weight of the value that is checked
   */
  CheckBudget(int weight) {
    most = (int) Math.min(MOST, LEAST + (long) PER_VALUE * weight);
  }

  private void step() {
    if (++taken > most) {
      throw new Exhausted(most);
    }
  }

  /** Asked for every mismatch, and by alternatives. */
  @Override
  public boolean isFailFast() {
    step();
    return super.isFailFast();
  }

  private static void step(ExecutionContext context) {
    if (context instanceof CheckBudget budget) {
      budget.step();
    }
  }

  /** {@code $ref}, each following of which is a step. */
  static final class Ref implements Keyword {
    @Override
    public String getValue() {
      return "$ref";
    }

    @Override
    public JsonValidator newValidator(
        SchemaLocation location,
        JsonNodePath path,
        JsonNode reference,
        JsonSchema parent,
        ValidationContext context) {
      return new RefValidator(location, path, reference, parent, context) {
        @Override
        public Set<ValidationMessage> validate(
            ExecutionContext check, JsonNode node, JsonNode root, JsonNodePath at) {
          step(check);
          return super.validate(check, node, root, at);
        }
      };
    }
  }

  /** {@code $dynamicRef}, likewise. */
  static final class DynamicRef implements Keyword {
    @Override
    public String getValue() {
      return "$dynamicRef";
    }

    @Override
    public JsonValidator newValidator(
        SchemaLocation location,
        JsonNodePath path,
        JsonNode reference,
        JsonSchema parent,
        ValidationContext context) {
      return new DynamicRefValidator(location, path, reference, parent, context) {
        @Override
        public Set<ValidationMessage> validate(
            ExecutionContext check, JsonNode node, JsonNode root, JsonNodePath at) {
          step(check);
          return super.validate(check, node, root, at);
        }
      };
    }
  }
}
