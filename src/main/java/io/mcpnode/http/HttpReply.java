package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one POST or DELETE, decided late: JSON if the end comes first, an event stream from
 * the first event on.
 */
final class HttpReply extends LoopReply implements Ongoing {

  private final ClientConnection connection;
  private final HttpServerRequest request;
  private final @Nullable String origin;
  private @Nullable EventStream stream;

  /**
   * @param origin the Origin header, found to be allowed; null if there was none
   */
  HttpReply(
      Loop loop, ClientConnection connection, HttpServerRequest request, @Nullable String origin) {
    super(loop);
    this.connection = connection;
    this.request = request;
    this.origin = origin;
  }

  @Override
  Future<Void> write(Buffer message) {
    return stream().send(message, connection.now());
  }

  @Override
  Future<Void> write(Buffer message, @Nullable String id) {
    return stream().send(message, id, connection.now());
  }

  @Override
  void cut(int retryMillis) {
    stream().cut(retryMillis);
    if (request.version() == HttpVersion.HTTP_1_0) {
      connection.close();
    }
  }

  @Override
  public boolean resumable() {
    return true;
  }

  private EventStream stream() {
    EventStream events = stream;
    if (events == null) {
      HttpServerResponse response = request.response();
      MultiMap headers = response.headers();
      loop.answers.common(connection, headers, node(), origin);
      events = EventStream.begin(response, loop.edge.meters, connection.now());
      stream = events;
    }
    return events;
  }

  @Override
  void finish(Answer answer) {
    HttpServerResponse response = request.response();
    EventStream events = stream;
    if (events != null) {
      end(events, answer.body());
      return;
    }
    loop.answers.head(connection, response, answer, origin);
    Buffer body = answer.body();
    if (body == null) {
      response.end();
    } else if (answer.status() == 200
        && MediaTypes.prefersEvents(request.headers().get(Headers.ACCEPT))) {
      end(EventStream.begin(response, loop.edge.meters, connection.now()), body);
    } else {
      response.headers().add(Headers.CONTENT_TYPE, Headers.JSON);
      response.end(body);
    }
  }

  private void end(EventStream events, @Nullable Buffer body) {
    events.end(body);
    if (request.version() == HttpVersion.HTTP_1_0) {
      connection.close(); // there, nothing else marks the end of a stream
    }
  }

  @Override
  void release() {
    connection.end(this);
  }

  @Override
  public void gone() {
    EventStream events = stream;
    if (events != null) {
      events.gone();
    }
    clientGone();
  }

  @Override
  public void tick(int now) {
    EventStream events = stream;
    if (events != null) {
      events.tick(now);
    }
  }
}
