package io.mcpnode.server;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.buffer.Buffer;

/**
 * What nodes tell each other about their clients. On an address of its own, so that it never waits
 * behind tool calls. Frozen with a release; a change is V2.
 */
public interface StreamsProtocol {

  Contract V1 =
      Contract.of("streams", 1, Respond.class, Responded.class, Announce.class, Tell.class);

  /** What arrives; a new message does not compile until it is handled. */
  sealed interface Arriving extends WireMessage permits Respond, Announce, Tell {
    <R> R on(Handler<R> handler);
  }

  /** One method per message. */
  interface Handler<R> {
    R respond(Respond message);

    R announce(Announce message);

    R tell(Tell message);
  }

  /**
   * The client of a session has answered the request with this number, which the receiver had sent.
   * Answered by {@link Responded}; harmless when it comes twice.
   *
   * @param value JSON, the result or the error
   */
  record Respond(String session, NodeId node, long number, boolean error, Buffer value)
      implements Arriving {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.respond(this);
    }
  }

  /**
   * @param known a call waited for the answer
   */
  record Responded(boolean known) implements WireMessage {}

  /**
   * There is a message for the client of this session, if it reads the news of its session, at
   * whichever node owns it. Answered by {@link Responded}; may come twice.
   */
  record Tell(String session, Buffer message) implements Arriving {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.tell(this);
    }
  }

  /** What has changed. */
  enum Change {
    TOOLS,
    PROMPTS,
    RESOURCES,
    /** The contents of one resource. */
    RESOURCE
  }

  /**
   * Something that clients may have kept has changed. Not answered.
   *
   * @param uri of a resource, else empty
   */
  record Announce(Change change, String uri) implements Arriving {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.announce(this);
    }
  }
}
