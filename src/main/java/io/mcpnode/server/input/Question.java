package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ClientCapability;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request to a client in the words of its revision.
 *
 * @param needs what the client must have declared; null: nothing
 * @param reader of the result; an {@link IllegalArgumentException} says that it is none
 */
public record Question<T>(
    @Nullable ClientCapability needs,
    String method,
    ObjectNode params,
    Duration timeout,
    Function<JsonNode, T> reader) {}
