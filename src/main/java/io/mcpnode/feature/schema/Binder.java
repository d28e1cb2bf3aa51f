package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the arguments of a call into the parameters of a method. */
public final class Binder {

  /** What one parameter gets. */
  public sealed interface Slot {}

  /** An argument that the client passes. */
  public record Passed(Argument argument) implements Slot {}

  /** Something of the call itself. */
  public record Injected(Source source) implements Slot {}

  /** Where an injected parameter comes from. */
  public interface Source {
    @Nullable Object of(ToolContext context);
  }

  private final Slot[] slots;
  private final List<String> names = new ArrayList<>();
  private final boolean lenient;

  /**
   * @param lenient arguments that no parameter takes are ignored, not refused
   * @throws UnsupportedTypeException if two arguments have the same name
   */
  public Binder(List<Slot> slots, boolean lenient) {
    this.slots = slots.toArray(Slot[]::new);
    this.lenient = lenient;
    Set<String> unique = new HashSet<>();
    for (Slot slot : slots) {
      if (slot instanceof Passed passed) {
        String name = passed.argument().name();
        if (!unique.add(name)) {
          throw new UnsupportedTypeException("argument: \"" + name + "\" is there twice");
        }
        names.add(name);
      }
    }
  }

  /** The input schema that follows from the parameters. */
  public ObjectNode schema() {
    SchemaWriter writer = new SchemaWriter(SchemaWriter.Direction.INPUT);
    ObjectNode schema = writer.type("object");
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Slot slot : slots) {
      if (slot instanceof Passed passed) {
        Argument argument = passed.argument();
        properties.set(argument.name(), argument.schema(writer));
        if (argument.required()) {
          required.add(argument.name());
        }
      }
    }
    if (!properties.isEmpty()) {
      schema.set("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", false);
    return writer.finish(schema);
  }

  /** The parameters; of no use if there are problems. */
  public @Nullable Object[] bind(ObjectNode arguments, ToolContext context, Problems problems) {
    @Nullable Object[] parameters = new @Nullable Object[slots.length];
    int known = 0;
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      if (slot instanceof Passed passed) {
        JsonNode given = arguments.get(passed.argument().name());
        known += given == null ? 0 : 1;
        passed.argument().read(given, Place.ARGUMENTS, parameters, i, problems);
      } else if (slot instanceof Injected injected) {
        parameters[i] = injected.source().of(context);
      }
    }
    if (known < arguments.size() && !lenient) {
      for (Iterator<String> given = arguments.fieldNames(); given.hasNext(); ) {
        String name = given.next();
        if (!names.contains(name)) {
          problems.unknown(Place.ARGUMENTS.field(name), names);
        }
      }
    }
    return parameters;
  }
}
