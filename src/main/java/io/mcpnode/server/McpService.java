package io.mcpnode.server;

/**
 * MCP as one node serves it, whoever owns the state: transports hand in what came from a client.
 */
public interface McpService {

  /**
   * A posted body, or a WebSocket frame: one JSON-RPC message, or a batch where the revision allows
   * it.
   */
  void message(ClientRequest request, ClientReply reply);

  /**
   * The client reads a stream (HTTP GET, or what a socket does for it): the news of its session, or
   * the rest of a stream that it names by the last event it has.
   *
   * @param request without a body
   */
  void stream(ClientRequest request, ClientReply reply);

  /** The client ends its session (HTTP DELETE). */
  void end(ClientRequest request, ClientReply reply);
}
