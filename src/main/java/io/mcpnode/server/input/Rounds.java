package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.wire.Clock;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Calls of 2026-07-28 that need several rounds (multi round-trip requests). What the next round
 * must know travels through the client, sealed: who asked, what for, which answers there are, which
 * are awaited. It is good for ten minutes and for one use in the whole cluster. Any thread.
 */
public final class Rounds {

  /** Shorter than what was used is remembered, by more than clocks may differ. */
  static final long GOOD_FOR_MILLIS = 10 * 60_000;

  static final int MAX_ROUNDS = 32;

  /** Of all answers together, as JSON. */
  static final int MAX_BYTES = 256 * 1024;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Seal seal;
  private final OneTime once;
  private final Clock clock;

  public Rounds(Seal seal, OneTime once, Clock clock) {
    this.seal = seal;
    this.once = once;
    this.clock = clock;
  }

  /**
   * The round that a request is. Fails with an {@link McpException} -32602 for state that is not
   * ours, too old, of another client or request, or has been used; else as {@link OneTime#use}.
   * Answers without state are what a client says of its own accord, as with arguments.
   */
  public Future<Round> of(Message.Request request, String principal) {
    ObjectNode params = request.params().tree();
    JsonNode state = params.get("requestState");
    if (state == null) {
      return Future.succeededFuture(new Round(0, answers(params.path("inputResponses"))));
    }
    Seal.Opened opened = state.isTextual() ? seal.open(state.textValue()) : null;
    if (opened == null) {
      return refused("not of this server, or too old");
    }
    JsonNode inside = read(opened.text().getBytes());
    if (inside.path("until").longValue() < clock.millis()) {
      return refused("too old");
    }
    if (!inside.path("principal").asText().equals(principal)
        || !inside
            .path("digest")
            .asText()
            .equals(Digests.of(request.method(), request.params().exactTree()))) {
      return refused("of another client or another request");
    }
    return once.use(opened.id())
        .compose(
            first ->
                first
                    ? Future.succeededFuture(round(inside, params.path("inputResponses")))
                    : refused("used before"));
  }

  private static Round round(JsonNode inside, JsonNode responses) {
    Map<String, JsonNode> answers = new HashMap<>();
    inside
        .path("answers")
        .properties()
        .forEach(each -> answers.put(each.getKey(), each.getValue()));
    for (JsonNode key : inside.path("asked")) {
      JsonNode answer = responses.get(key.textValue());
      if (answer != null && answer.isObject()) {
        answers.put(key.textValue(), answer);
      }
    }
    return new Round(inside.path("round").intValue(), answers);
  }

  private static Map<String, JsonNode> answers(JsonNode responses) {
    Map<String, JsonNode> answers = new HashMap<>();
    responses
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isObject() && answers.size() < RoundInputs.MAX_OPEN) {
                answers.put(each.getKey(), each.getValue());
              }
            });
    return answers;
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(
        new McpException(
            RpcCode.INVALID_PARAMS.value(),
            "params.requestState: " + why + " (expected: that of the answer before)"));
  }

  /**
   * The state for the round after this one.
   *
   * @throws McpException -32603 if there were too many rounds or the answers are too large
   */
  public String next(Message.Request request, String principal, RoundInputs inputs) {
    Round round = inputs.round();
    if (round.number() + 1 >= MAX_ROUNDS) {
      throw new McpException(
          RpcCode.INTERNAL_ERROR.value(), "rounds: more than " + MAX_ROUNDS + " for one call");
    }
    ObjectNode inside =
        JsonNodeFactory.instance
            .objectNode()
            .put("principal", principal)
            .put("digest", Digests.of(request.method(), request.params().exactTree()))
            .put("until", clock.millis() + GOOD_FOR_MILLIS)
            .put("round", round.number() + 1);
    Set<String> asked = new HashSet<>(inputs.open().keySet());
    asked.forEach(inside.putArray("asked")::add);
    ObjectNode answers = inside.putObject("answers");
    round
        .answers()
        .forEach(
            (key, answer) -> {
              if (!asked.contains(key)) {
                answers.set(key, answer);
              }
            });
    byte[] text = write(inside);
    if (text.length > MAX_BYTES) {
      throw new McpException(
          RpcCode.INTERNAL_ERROR.value(),
          "answers: " + text.length + " bytes (expected: <= " + MAX_BYTES + ")");
    }
    return seal.seal(text);
  }

  private static JsonNode read(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("sealed by a node of another version?", e);
    }
  }

  private static byte[] write(JsonNode inside) {
    try {
      return MAPPER.writeValueAsBytes(inside);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree that was read before", e);
    }
  }
}
