package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.ClasspathSchemaLoader;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.feature.schema.Reasons;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Checks values against a schema of JSON Schema 2020-12. It loads nothing from anywhere. Bounded in
 * the size of the value, in the steps of a check, and in what patterns may take; any thread, many
 * at a time.
 */
final class SchemaCheck {

  /** Up to so much is checked where the caller is: well under a millisecond. */
  private static final int LIGHT = 500;

  /** Keywords with which a small value can take long. */
  private static final List<String> LONG =
      List.of("pattern", "patternProperties", "$ref", "$dynamicRef");

  /** More than this is refused. */
  static final int HEAVIEST = 200_000;

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** What schemas have to fit themselves. */
  private static final JsonSchema META =
      JsonSchemaFactory.getInstance(
              VersionFlag.V202012,
              builder ->
                  builder
                      .schemaMappers(
                          mappers -> mappers.mapPrefix("https://json-schema.org", "classpath:"))
                      .schemaLoaders(
                          loaders ->
                              loaders.values(
                                  all -> {
                                    all.add(new ClasspathSchemaLoader());
                                    all.add(DisallowSchemaLoader.getInstance());
                                  })))
          .getSchema(SchemaLocation.of(DIALECT));

  private final String root;
  private final RegexBudget patterns = new RegexBudget();
  private final ObjectNode json;
  private final boolean mayTakeLong;
  private volatile Loaded loaded;

  /** With what has been built for the values that were checked so far. */
  private record Loaded(JsonSchema schema, CheckBudget.Ways ways) {}

  /**
   * @param root what the value is called, such as {@code arguments}
   * @throws IllegalArgumentException if it is no schema of this dialect, or refers to what is not
   *     there
   */
  SchemaCheck(String root, String name, ObjectNode json) {
    this.root = root;
    checkDialect(name, json);
    this.json = json;
    try {
      loaded = load();
    } catch (RuntimeException invalid) {
      throw new IllegalArgumentException(name + ": " + Reasons.of(invalid), invalid);
    }
    String text = json.toString();
    mayTakeLong = LONG.stream().anyMatch(keyword -> text.contains('"' + keyword + '"'));
  }

  private Loaded load() {
    CheckBudget.Ways ways = new CheckBudget.Ways();
    JsonSchema schema =
        JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder ->
                    builder
                        .metaSchema(
                            JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                                .vocabularyFactory(CheckBudget.counting(ways))
                                .build())
                        .schemaLoaders(
                            loaders ->
                                loaders.values(all -> all.add(DisallowSchemaLoader.getInstance()))))
            .getSchema(
                json,
                SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_PATH)
                    .regularExpressionFactory(patterns)
                    .build());
    // Finds references that lead nowhere now, not with the first call.
    schema.initializeValidators();
    return new Loaded(schema, ways);
  }

  private static void checkDialect(String name, ObjectNode json) {
    JsonNode said = json.path("$schema");
    if (!said.isMissingNode() && !said.asText().equals(DIALECT)) {
      throw new IllegalArgumentException(
          name + ": $schema: " + said + " (expected: none, or " + DIALECT + ")");
    }
    for (ValidationMessage wrong : META.validate(json)) {
      throw new IllegalArgumentException(name + ": " + wrong.getMessage());
    }
  }

  /** It takes so long that an event loop must not do it. */
  boolean isHeavy(JsonNode value) {
    return mayTakeLong || Weight.of(value, LIGHT) > LIGHT;
  }

  void check(JsonNode value, Problems problems) {
    int weight = Weight.of(value, HEAVIEST);
    if (weight > HEAVIEST) {
      problems.add(root + ": too large to check (expected: <= " + HEAVIEST + " values)");
      return;
    }
    patterns.begin();
    Loaded now = loaded;
    try {
      for (ValidationMessage message :
          now.schema().validate(new CheckBudget(weight, now.ways()), value, OutputFormat.DEFAULT)) {
        problems.add(message.getMessage().replaceFirst("^\\$", Matcher.quoteReplacement(root)));
      }
    } catch (RegexBudget.Exhausted | CheckBudget.Exhausted tooLong) {
      problems.add(root + ": " + tooLong.getMessage());
    } finally {
      if (now.ways().areTooMany()) {
        loaded = load();
      }
    }
  }
}
