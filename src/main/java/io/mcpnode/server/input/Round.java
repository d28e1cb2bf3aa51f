package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One run of a method for a client of 2026-07-28, with the answers that came before it.
 *
 * @param number how many runs came before it
 * @param answers results as the client sent them, by the key of their question
 */
public record Round(int number, Map<String, JsonNode> answers) {

  public static final Round FIRST = new Round(0, Map.of());

  public Round {
    answers = Map.copyOf(answers);
  }
}
