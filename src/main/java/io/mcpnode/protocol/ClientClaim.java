package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object in which a client tells of itself, in {@code initialize} or in the envelope of
 * 2026-07-28. The members that MCP names are of the type it says, missing or null; others may be
 * anything, for later revisions and for extensions.
 */
public final class ClientClaim {

  /** {@code Implementation}. */
  public static final ClientClaim INFO =
      new ClientClaim(JsonToken.VALUE_STRING, "string", "name", "version");

  /** {@code ClientCapabilities}. */
  public static final ClientClaim CAPABILITIES =
      new ClientClaim(
          JsonToken.START_OBJECT,
          "object",
          "roots",
          "sampling",
          "elicitation",
          "tasks",
          "extensions",
          "experimental");

  private final JsonToken type;
  private final String expected;
  private final List<String> members;

  private ClientClaim(JsonToken type, String expected, String... members) {
    this.type = type;
    this.expected = expected;
    this.members = List.of(members);
  }

  /**
   * What is wrong, as it goes on behind the path of the object; null if all is well.
   *
   * @param claim a missing node if there is none
   */
  public @Nullable String wrong(JsonNode claim) {
    if (claim.isMissingNode()) {
      return null;
    }
    if (!claim.isObject()) {
      return ": of another type (expected: object)";
    }
    for (String member : members) {
      JsonNode value = claim.path(member);
      if (!value.isMissingNode() && !fits(value.asToken())) {
        return wrong(member);
      }
    }
    return null;
  }

  /** The same while it is read: called at the START_OBJECT, returns at the END_OBJECT. */
  @Nullable String wrong(JsonParser parser) throws IOException {
    String wrong = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      if (!fits(parser.nextToken()) && wrong == null && members.contains(member)) {
        wrong = member;
      }
      parser.skipChildren();
    }
    return wrong == null ? null : wrong(wrong);
  }

  private boolean fits(JsonToken value) {
    return value == type || value == JsonToken.VALUE_NULL;
  }

  private String wrong(String member) {
    return "." + member + ": of another type (expected: " + expected + ")";
  }
}
