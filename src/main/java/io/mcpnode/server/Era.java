package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.Message;

/**
 * How the messages of one era are served: at the node that the client reached, and at the owner of
 * the state that they need, if they need any.
 */
interface Era {

  /**
   * A message whose era was decided and whose headers were checked; answers it, or has the owner
   * answer it.
   */
  void receive(ClientRequest request, Message message, ClientReply reply);

  /** A message at the owner of the state that it names. */
  void execute(Hosted hosted, Message message, String principal, Reply reply);
}
