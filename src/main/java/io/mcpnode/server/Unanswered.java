package io.mcpnode.server;

import io.mcpnode.affinity.Answer;

/**
 * The reply to what is never answered on a socket, a notification or a response: a status can't be
 * told there, and an error message would be an answer.
 */
record Unanswered(ClientReply client) implements RelayedClientReply {

  @Override
  public void end(Answer answer) {
    client.end(new Answer(answer.status(), null, answer.node(), answer.sessionId(), 0));
  }
}
