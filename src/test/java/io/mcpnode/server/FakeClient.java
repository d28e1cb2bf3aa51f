package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.RequestId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's end of one request; tells when it is answered twice. */
final class FakeClient implements ClientReply {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Runnable> whenGone = new ArrayList<>();
  private Answer answer;
  final List<JsonNode> events = new ArrayList<>();
  final List<String> ids = new ArrayList<>();
  boolean resumable;
  boolean disconnected;
  private boolean gone;
  Future<Void> room = Future.succeededFuture();

  /** Named requests of the same connection; null for a transport without. */
  Map<RequestId, FakeClient> connection;

  @Override
  public void named(RequestId id) {
    if (connection != null) {
      connection.put(id, this);
    }
  }

  @Override
  public boolean takeBack(RequestId id) {
    FakeClient other = connection == null ? null : connection.remove(id);
    if (other != null) {
      other.goAway();
    }
    return other != null;
  }

  @Override
  public Future<Void> event(Buffer message) {
    assertThat(answer).as("an event after the end").isNull();
    events.add(json(message));
    return room;
  }

  @Override
  public Future<Void> event(Buffer message, String id) {
    if (gone) {
      return Future.failedFuture(new IllegalStateException("gone"));
    }
    ids.add(id);
    return message.length() == 0 ? Future.succeededFuture() : event(message);
  }

  @Override
  public boolean resumable() {
    return resumable;
  }

  @Override
  public void disconnect(int retryMillis) {
    disconnected = true;
    goAway();
  }

  @Override
  public void end(Answer end) {
    assertThat(answer).as("a second answer").isNull();
    answer = end;
  }

  @Override
  public void onClientGone(Runnable action) {
    whenGone.add(action);
  }

  String lastId() {
    return ids.get(ids.size() - 1);
  }

  void goAway() {
    gone = true;
    whenGone.forEach(Runnable::run);
  }

  boolean answered() {
    return answer != null;
  }

  Answer answer() {
    assertThat(answer).as("the answer").isNotNull();
    return answer;
  }

  /** The answer as {@code status result}, {@code status code}, or the bare status. */
  String shown() {
    Buffer body = answer().body();
    if (body == null) {
      return answer.status() + "";
    }
    JsonNode message = json(body);
    return answer.status()
        + " "
        + (message.has("error")
            ? message.at("/error/code").asText()
            : message.path("result").toString());
  }

  JsonNode json() {
    return json(answer().body());
  }

  private static JsonNode json(Buffer body) {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
