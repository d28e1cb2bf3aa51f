package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The params of a message: what dispatching needs, and the place of the rest in the body. Immutable
 * as long as nobody writes to the body.
 */
public final class Params {

  public static final Params NONE =
      new Params(
          new byte[0],
          0,
          0,
          null,
          null,
          null,
          false,
          null,
          Shape.ABSENT,
          0,
          0,
          null,
          Shape.ABSENT,
          Meta.NONE,
          false);

  /** Something of which only the tree is of interest. */
  static Params at(byte[] body, int start, int end) {
    return new Params(
        body,
        start,
        end,
        null,
        null,
        null,
        false,
        null,
        Shape.ABSENT,
        0,
        0,
        null,
        Shape.ABSENT,
        Meta.NONE,
        false);
  }

  private final byte[] body;
  private final int start;
  private final int end;
  private final @Nullable String name;
  private final @Nullable String uri;
  private final @Nullable String taskId;
  private final boolean cursor;
  private final @Nullable String cursorText;
  private final Shape arguments;
  private final int argumentsStart;
  private final int argumentsEnd;
  private final @Nullable ObjectNode smallArguments;
  private final Shape task;
  private final Meta meta;
  private final boolean nextRound;

  Params(
      byte[] body,
      int start,
      int end,
      @Nullable String name,
      @Nullable String uri,
      @Nullable String taskId,
      boolean cursor,
      @Nullable String cursorText,
      Shape arguments,
      int argumentsStart,
      int argumentsEnd,
      @Nullable ObjectNode smallArguments,
      Shape task,
      Meta meta,
      boolean nextRound) {
    this.body = body;
    this.start = start;
    this.end = end;
    this.name = name;
    this.uri = uri;
    this.taskId = taskId;
    this.cursor = cursor;
    this.cursorText = cursorText;
    this.arguments = arguments;
    this.argumentsStart = argumentsStart;
    this.argumentsEnd = argumentsEnd;
    this.smallArguments = smallArguments;
    this.task = task;
    this.meta = meta;
    this.nextRound = nextRound;
  }

  /** Where they begin in the body. */
  public int start() {
    return start;
  }

  /** Where they end, exclusive; equal to the start if there are none. */
  public int end() {
    return end;
  }

  /** {@code params.name} if it is a string, such as the tool of a call. */
  public @Nullable String name() {
    return name;
  }

  /** {@code params.uri} if it is a string. */
  public @Nullable String uri() {
    return uri;
  }

  /** {@code params.taskId} if it is a string. */
  public @Nullable String taskId() {
    return taskId;
  }

  /** {@code params.cursor} is there. */
  public boolean cursor() {
    return cursor;
  }

  /** {@code params.cursor} if it is a string. */
  public @Nullable String cursorText() {
    return cursorText;
  }

  /** What {@code params.arguments} is. */
  public Shape arguments() {
    return arguments;
  }

  public int argumentsStart() {
    return argumentsStart;
  }

  public int argumentsEnd() {
    return argumentsEnd;
  }

  /** What {@code params.task} is, with which a client of 2025-11-25 asks for a task. */
  public Shape task() {
    return task;
  }

  public Meta meta() {
    return meta;
  }

  /**
   * {@code params.requestState} or {@code params.inputResponses} is there: the request goes on with
   * an earlier one.
   */
  public boolean nextRound() {
    return nextRound;
  }

  /**
   * The tree of the arguments, an empty object if there are none, with every number as it was sent:
   * a decimal where a double can't hold it, raw text where its exponent is beyond use. It may be
   * the same one each time, so it belongs to whoever asks first.
   */
  public ObjectNode argumentsTree() {
    if (smallArguments != null) {
      return smallArguments;
    }
    return arguments == Shape.OBJECT
        ? exact(argumentsStart, argumentsEnd)
        : JsonNodeFactory.instance.objectNode();
  }

  /** A new tree of it all; an empty object if there are none. */
  public ObjectNode tree() {
    return end > start ? tree(start, end) : JsonNodeFactory.instance.objectNode();
  }

  /** As {@link #tree}, with numbers as in {@link #argumentsTree}. */
  public ObjectNode exactTree() {
    return end > start ? exact(start, end) : JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode exact(int from, int to) {
    try {
      return TreeReader.object(body, from, to);
    } catch (IOException e) {
      throw new IllegalStateException("was JSON when the message was parsed", e);
    }
  }

  private ObjectNode tree(int from, int to) {
    try {
      JsonNode node = Json.MAPPER.readTree(body, from, to - from);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("was JSON when the message was parsed", e);
    } catch (IOException e) {
      throw new IllegalStateException("an array can't be read", e);
    }
  }
}
