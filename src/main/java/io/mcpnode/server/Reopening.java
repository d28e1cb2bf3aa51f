package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.HttpStatus;

/**
 * The answer to an {@code initialize} on a socket that has a session. If the session is no more, a
 * new one is opened: the client can't take the id of the old one off its socket.
 */
record Reopening(ClientReply client, Runnable open) implements RelayedClientReply {

  @Override
  public void end(Answer answer) {
    if (answer.status() == HttpStatus.NOT_FOUND.code()) {
      open.run();
    } else {
      client.end(answer);
    }
  }
}
