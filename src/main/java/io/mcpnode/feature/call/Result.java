package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.ToolResponse;
import io.mcpnode.feature.dialect.ToolSpec;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ToolOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How what a method returns becomes the answer of its tool. */
final class Result {

  private static final Logger LOG = LoggerFactory.getLogger(Result.class);

  /** The name under which values that are no objects become structured content. */
  private static final String WRAPPED = "result";

  /** The answer of a method that returns nothing. */
  private static final ToolOutcome DONE = ToolOutcome.text("Success");

  private final boolean nothing;
  private final boolean blocks;
  private final boolean structured;
  private final Shape shape;
  private final Shape any;
  private final @Nullable ObjectNode schema;
  private final Class<?> declared;
  private volatile @Nullable SchemaCheck check;

  /**
   * @param type what the method returns, or its future completes with
   */
  Result(JavaType type, ToolSpec spec) {
    Shapes shapes = new Shapes(SchemaWriter.Direction.OUTPUT);
    boolean hasDeclared = spec.outputFrom() != Void.class;
    this.declared = spec.outputFrom();
    this.any = shapes.of(JavaType.of(Object.class));
    this.nothing = type.raw() == void.class || type.raw() == Void.class;
    this.blocks = ContentBlock.class.isAssignableFrom(type.argument(0).raw());
    boolean response = isAnswer(type.raw());
    this.structured = hasDeclared || (!response && (spec.structured() || type.raw().isRecord()));
    this.shape =
        hasDeclared ? shapes.of(JavaType.of(spec.outputFrom())) : response ? any : shapes.of(type);
    this.schema = structured ? schemaOf(shape) : null;
  }

  private static boolean isAnswer(Class<?> raw) {
    return ToolResponse.class == raw || ContentBlock.class.isAssignableFrom(raw);
  }

  private static ObjectNode schemaOf(Shape shape) {
    SchemaWriter writer = new SchemaWriter(SchemaWriter.Direction.OUTPUT);
    if (shape.object()) {
      return writer.document(shape);
    }
    ObjectNode root = writer.type("object");
    root.putObject("properties").set(WRAPPED, shape.schema(writer));
    root.putArray("required").add(WRAPPED);
    return writer.finish(root);
  }

  /** The output schema; null if the tool has none. */
  @Nullable ObjectNode schema() {
    return schema;
  }

  /**
   * Making the answer takes so long that an event loop must not do it: structured content that is
   * not of the declared type, so that only a check can tell whether it fits the schema.
   */
  boolean isHeavy(@Nullable Object value) {
    return value instanceof ToolResponse response && needsCheck(response);
  }

  private boolean needsCheck(ToolResponse response) {
    return schema != null
        && response.structuredContent().isPresent()
        && response.structuredContent().get().getClass() != declared;
  }

  private SchemaCheck check(ObjectNode schema) {
    SchemaCheck known = check;
    if (known == null) {
      known = new SchemaCheck("structuredContent", "outputSchema", schema);
      check = known;
    }
    return known;
  }

  ToolOutcome of(@Nullable Object value) {
    if (value instanceof String text && !structured) {
      return ToolOutcome.text(text);
    }
    if (nothing) {
      return DONE;
    }
    if (value instanceof ToolResponse response) {
      return of(response);
    }
    if (structured) {
      return structured(value);
    }
    if (value == null) {
      return new ToolOutcome(List.of(), null, false);
    }
    if (value instanceof ContentBlock block) {
      return new ToolOutcome(List.of(Blocks.of(block)), null, false);
    }
    if (value instanceof List<?> list && (list.isEmpty() ? blocks : isContent(list))) {
      return new ToolOutcome(content(list), null, false);
    }
    JsonNode json = shape.write(value);
    return json == null
        ? new ToolOutcome(List.of(), null, false)
        : ToolOutcome.text(json.isTextual() ? json.textValue() : json.toString());
  }

  private ToolOutcome structured(@Nullable Object value) {
    JsonNode json = value == null ? null : shape.write(value);
    if (json == null) {
      return ToolOutcome.failed("the tool returned nothing, though it declares an output schema");
    }
    JsonNode object = shape.object() ? json : wrapped(json);
    return new ToolOutcome(List.of(new Content.Text(object.toString())), object, false);
  }

  private ToolOutcome of(ToolResponse response) {
    JsonNode json = null;
    boolean fits = true;
    if (response.structuredContent().isPresent()) {
      json = any.write(response.structuredContent().get());
      json = json == null || json.isObject() ? json : wrapped(json);
      if (json != null && schema != null && needsCheck(response)) {
        Problems problems = new Problems();
        check(schema).check(json, problems);
        fits = !problems.any();
        if (!fits && !response.isError()) {
          return ToolOutcome.failed(
              "the tool returned what its output schema does not allow\n" + problems.text());
        }
        if (!fits) {
          LOG.debug("left out of a failure, for its output schema: {}", problems.text());
        }
      }
    } else if (structured && !response.isError()) {
      return ToolOutcome.failed(
          "the tool returned no structured content, though it declares an output schema");
    }
    List<Content> content = new ArrayList<>(response.content().size());
    for (ContentBlock block : response.content()) {
      content.add(Blocks.of(block));
    }
    if (content.isEmpty() && json != null) {
      content.add(new Content.Text(json.toString()));
    }
    // Clients check structured content also of an error; what it says is in the text.
    return new ToolOutcome(
        content, fits ? json : null, response.isError(), Metadata.json(response.metadata()));
  }

  private static JsonNode wrapped(JsonNode json) {
    return JsonNodeFactory.instance.objectNode().set(WRAPPED, json);
  }

  private static boolean isContent(List<?> list) {
    for (Object element : list) {
      if (!(element instanceof ContentBlock) && !(element instanceof String)) {
        return false;
      }
    }
    return true;
  }

  private static List<Content> content(List<?> list) {
    List<Content> content = new ArrayList<>(list.size());
    for (Object element : list) {
      content.add(
          element instanceof ContentBlock block
              ? Blocks.of(block)
              : new Content.Text((String) element));
    }
    return content;
  }
}
