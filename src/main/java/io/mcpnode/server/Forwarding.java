package io.mcpnode.server;

import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.Headers;
import io.vertx.core.buffer.Buffer;

/** What goes to the owner of a key: the message as it came, with what the edge knows about it. */
final class Forwarding {

  private Forwarding() {}

  static Request message(ClientRequest request, boolean repeatable, boolean resumable) {
    return new Request(
        Request.Verb.MESSAGE,
        request.body(),
        request.principal(),
        request.headers().get(Headers.PROTOCOL_VERSION),
        repeatable,
        resumable);
  }

  static Request end(ClientRequest request) {
    return new Request(
        Request.Verb.END,
        Buffer.buffer(),
        request.principal(),
        request.headers().get(Headers.PROTOCOL_VERSION),
        true);
  }
}
