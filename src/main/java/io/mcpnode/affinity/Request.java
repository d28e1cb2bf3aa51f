package io.mcpnode.affinity;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A client's message on its way to the owner of the state it needs.
 *
 * @param verb what the client did
 * @param body the JSON-RPC message as it came, empty for {@link Verb#END}
 * @param principal who the edge found the client to be
 * @param protocolVersion the {@code MCP-Protocol-Version} header, null if absent
 * @param repeatable if the owner is lost, it may be executed a second time
 * @param resumable see {@link Reply#resumable}
 */
public record Request(
    Verb verb,
    Buffer body,
    String principal,
    @Nullable String protocolVersion,
    boolean repeatable,
    boolean resumable) {

  /** Of a client that can't go on reading elsewhere. */
  public Request(
      Verb verb,
      Buffer body,
      String principal,
      @Nullable String protocolVersion,
      boolean repeatable) {
    this(verb, body, principal, protocolVersion, repeatable, false);
  }

  public enum Verb {
    /** It posted a message. */
    MESSAGE,
    /** It ends the session. */
    END,
    /** What one node has to say to the owner of a task, on behalf of a client or of a run. */
    TASK,
    /** It wants to read a stream: the body is the session id and the last event id, if any. */
    STREAM,
    /** The owner of a task tells the session how it stands: its id, a line feed, the message. */
    NEWS
  }
}
