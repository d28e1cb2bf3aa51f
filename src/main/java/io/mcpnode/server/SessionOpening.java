package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.protocol.ClientClaim;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.state.SessionInfo;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code initialize} asks for: the session to be, or why not.
 *
 * @param info null if there is an error
 */
record SessionOpening(@Nullable SessionInfo info, Revision revision, @Nullable RpcError error) {

  /** Of what a client says about itself, which is kept with the session. */
  private static final int MAX_LENGTH = 64 * 1024;

  static SessionOpening of(Message.Request initialize) {
    JsonNode params = initialize.params().tree();
    JsonNode version = params.path("protocolVersion");
    if (!version.isTextual()) {
      return refused("protocolVersion: missing (expected: a revision such as \"2025-11-25\")");
    }
    JsonNode clientInfo = params.path("clientInfo");
    JsonNode capabilities = params.path("capabilities");
    String wrong = ClientClaim.INFO.wrong(clientInfo);
    if (wrong != null) {
      return refused("clientInfo" + wrong);
    }
    wrong = ClientClaim.CAPABILITIES.wrong(capabilities);
    if (wrong != null) {
      return refused("capabilities" + wrong);
    }
    String info = json(clientInfo);
    String able = json(capabilities);
    if (info.length() + able.length() > MAX_LENGTH) {
      return refused(
          "clientInfo, capabilities: "
              + (info.length() + able.length())
              + " characters (expected: <= "
              + MAX_LENGTH
              + ")");
    }
    Revision revision = Revision.negotiate(version.textValue());
    return new SessionOpening(new SessionInfo(revision.date(), info, able, false), revision, null);
  }

  private static String json(JsonNode node) {
    return node.isMissingNode() ? "{}" : node.toString();
  }

  private static SessionOpening refused(String why) {
    return new SessionOpening(
        null, Revision.LATEST_LEGACY, RpcError.of(RpcCode.INVALID_PARAMS, "params." + why));
  }
}
