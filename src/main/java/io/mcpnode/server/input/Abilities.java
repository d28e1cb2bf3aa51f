package io.mcpnode.server.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.protocol.Params;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * What a client has declared, read in the words of its revision.
 *
 * @param declared its ClientCapabilities
 */
public record Abilities(JsonNode declared, Revision revision) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of a session; what can't be read declares nothing. */
  public static Abilities of(String json, Revision revision) {
    try {
      return new Abilities(MAPPER.readTree(json), revision);
    } catch (JsonProcessingException e) {
      return new Abilities(MissingNode.getInstance(), revision);
    }
  }

  /** Of the envelope of a request of 2026-07-28. */
  public static Abilities of(Params params, Revision revision) {
    return new Abilities(
        params.tree().path("_meta").path("io.modelcontextprotocol/clientCapabilities"), revision);
  }

  /** What the question needs and the client has not declared; null if it can be asked. */
  public @Nullable MissingCapabilityException lacking(Question<?> question) {
    ClientCapability needs = question.needs();
    return needs == null || has(needs) ? null : new MissingCapabilityException(needs);
  }

  public boolean has(ClientCapability capability) {
    return switch (capability) {
      case ROOTS -> declared.path("roots").isObject();
      case SAMPLING -> declared.path("sampling").isObject();
      case SAMPLING_TOOLS ->
          revision.compareTo(Revision.V2025_11_25) >= 0
              && declared.path("sampling").path("tools").isObject();
      case ELICITATION -> revision.structured() && form(declared.path("elicitation"));
      case URL_ELICITATION ->
          revision.compareTo(Revision.V2025_11_25) >= 0
              && declared.path("elicitation").path("url").isObject();
    };
  }

  /** An empty object means forms, for clients that knew nothing else. */
  private static boolean form(JsonNode elicitation) {
    return elicitation.isObject() && (elicitation.isEmpty() || elicitation.path("form").isObject());
  }

  /** What a client of 2026-07-28 hears of it. */
  public static RpcError missing(MissingCapabilityException e) {
    return new RpcError(
        RpcCode.MISSING_CAPABILITY,
        String.valueOf(e.getMessage()),
        "{\"requiredCapabilities\":" + required(e.capability()) + "}");
  }

  /** The ClientCapabilities object that would do, as JSON text. */
  private static String required(ClientCapability capability) {
    return switch (capability) {
      case ROOTS -> "{\"roots\":{}}";
      case SAMPLING -> "{\"sampling\":{}}";
      case SAMPLING_TOOLS -> "{\"sampling\":{\"tools\":{}}}";
      case ELICITATION -> "{\"elicitation\":{\"form\":{}}}";
      case URL_ELICITATION -> "{\"elicitation\":{\"url\":{}}}";
    };
  }
}
