package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.mcpnode.server.ClientReply;
import io.mcpnode.server.ClientRequest;
import io.mcpnode.server.McpService;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * An MCP service that knows no MCP: it remembers what it was handed, and answers with the body's
 * length, or does what a test told it to do for this body.
 */
final class FakeMcpService implements McpService {

  static final String NODE = "fake-1";

  final List<ClientRequest> messages = new CopyOnWriteArrayList<>();
  final List<ClientRequest> streams = new CopyOnWriteArrayList<>();
  final List<ClientReply> readers = new CopyOnWriteArrayList<>();
  final List<ClientRequest> ends = new CopyOnWriteArrayList<>();
  private final Map<String, BiConsumer<ClientRequest, ClientReply>> scripts =
      new ConcurrentHashMap<>();

  /** What to do when exactly this body comes. */
  FakeMcpService when(String body, BiConsumer<ClientRequest, ClientReply> script) {
    scripts.put(body, script);
    return this;
  }

  @Override
  public void message(ClientRequest request, ClientReply reply) {
    messages.add(request);
    String body = request.body().length() > 1000 ? "" : text(request.body());
    Objects.requireNonNullElse(scripts.get(body), (r, out) -> out.end(length(r.body().length())))
        .accept(request, reply);
  }

  @Override
  public void stream(ClientRequest request, ClientReply reply) {
    streams.add(request);
    readers.add(reply);
  }

  @Override
  public void end(ClientRequest request, ClientReply reply) {
    ends.add(request);
    reply.end(new Answer(200, null, NODE, null, 0));
  }

  static Answer length(int bytes) {
    return json("{\"length\":" + bytes + "}");
  }

  static Answer json(String text) {
    return Answer.ok(NODE, Buffer.buffer(text));
  }

  static String text(Buffer buffer) {
    return buffer.toString(StandardCharsets.UTF_8);
  }
}
