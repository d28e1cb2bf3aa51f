package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.Vocabularies;
import com.networknt.schema.Vocabulary;
import com.networknt.schema.VocabularyFactory;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one check may take: references it follows, and mismatches it finds. Where parts of a schema
 * refer to it again, a small value can take exponentially many of both; and for every way through
 * such a schema the library builds objects that stay with it, so these are counted, too.
 */
final class CheckBudget extends ExecutionContext {

  private static final int LEAST = 1_000;
  private static final int PER_VALUE = 50;
  private static final int MOST_STEPS = 1_000_000;

  /** Each takes about a kilobyte until the check is over. */
  private static final int MOST_MISMATCHES = 150_000;

  /** Each takes about a kilobyte as long as the schema is used. */
  private static final int MOST_WAYS = 20_000;

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef");

  /** The check has taken too much. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted(String expected) {
      super("takes too long to check (expected: " + expected + ")");
    }
  }

  /** The ways through one schema for which there are objects: one for each reference met. */
  static final class Ways {
    private final AtomicInteger built = new AtomicInteger();

    boolean areTooMany() {
      return built.get() > MOST_WAYS;
    }
  }

  private final Ways ways;
  private final int mostSteps;
  private int steps;
  private int mismatches;

  /**
   * @param weight of the value that is checked
   */
  CheckBudget(int weight, Ways ways) {
    this.ways = ways;
    mostSteps = (int) Math.min(MOST_STEPS, LEAST + (long) PER_VALUE * weight);
  }

  private void step() {
    if (++steps > mostSteps) {
      throw new Exhausted("<= " + mostSteps + " steps");
    }
    if (ways.areTooMany()) {
      throw new Exhausted("<= " + MOST_WAYS + " ways through its schema");
    }
  }

  /** Asked for every mismatch, and by alternatives. */
  @Override
  public boolean isFailFast() {
    if (++mismatches > MOST_MISMATCHES) {
      throw new Exhausted("<= " + MOST_MISMATCHES + " mismatches");
    }
    step();
    return super.isFailFast();
  }

  /** The keywords of 2020-12, of which the references count. */
  static VocabularyFactory counting(Ways ways) {
    Keyword[] core =
        Vocabulary.V202012_CORE.getKeywords().stream()
            .map(it -> REFERENCES.contains(it.getValue()) ? new Reference(it, ways) : it)
            .toArray(Keyword[]::new);
    Vocabulary vocabulary = new Vocabulary(Vocabulary.V202012_CORE.getIri(), core);
    return iri -> vocabulary.getIri().equals(iri) ? vocabulary : Vocabularies.getVocabulary(iri);
  }

  private record Reference(Keyword keyword, Ways ways) implements Keyword {
    @Override
    public String getValue() {
      return keyword.getValue();
    }

    @Override
    public JsonValidator newValidator(
        SchemaLocation location,
        JsonNodePath path,
        JsonNode reference,
        JsonSchema parent,
        ValidationContext context)
        throws Exception {
      ways.built.incrementAndGet();
      return new Following(keyword.newValidator(location, path, reference, parent, context));
    }
  }

  /** Follows a reference, which is a step. */
  private record Following(JsonValidator reference) implements JsonValidator {
    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext check, JsonNode node, JsonNode root, JsonNodePath at) {
      if (check instanceof CheckBudget budget) {
        budget.step();
      }
      return reference.validate(check, node, root, at);
    }

    @Override
    public Set<ValidationMessage> walk(
        ExecutionContext check, JsonNode node, JsonNode root, JsonNodePath at, boolean validate) {
      return reference.walk(check, node, root, at, validate);
    }

    @Override
    public void preloadJsonSchema() {
      reference.preloadJsonSchema();
    }

    @Override
    public SchemaLocation getSchemaLocation() {
      return reference.getSchemaLocation();
    }

    @Override
    public JsonNodePath getEvaluationPath() {
      return reference.getEvaluationPath();
    }

    @Override
    public String getKeyword() {
      return reference.getKeyword();
    }
  }
}
