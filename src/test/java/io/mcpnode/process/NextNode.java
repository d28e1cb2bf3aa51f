package io.mcpnode.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Sends each request to the next node, as it is written, and shows the whole answer; blocks. */
final class NextNode {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param session the header Mcp-Session-Id, or empty
   * @param body a missing node if the text is not JSON
   */
  record Answer(int status, String text, JsonNode body, String session) {

    int code() {
      return body.path("error").path("code").asInt();
    }

    JsonNode result() {
      return body.path("result");
    }

    JsonNode structured() {
      return result().path("structuredContent");
    }
  }

  private final List<URI> nodes;
  private int next;

  NextNode(List<URI> nodes) {
    this.nodes = nodes;
  }

  /** The endpoint that gets the next request. */
  URI turn() {
    return nodes.get(next++ % nodes.size());
  }

  /**
   * @param headers name, value, name, value; besides those that every client sends
   */
  Answer post(String message, String... headers) {
    return send("POST", message.replace('\'', '"'), headers);
  }

  Answer send(String verb, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(turn())
            .timeout(Duration.ofSeconds(30))
            .method(verb, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body(),
          json(response.body()),
          response.headers().firstValue("Mcp-Session-Id").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Opens a session of that revision. */
  String open(String revision, String... headers) {
    String session =
        post(
                "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'"
                    + revision
                    + "','capabilities':{},'clientInfo':{'name':'t','version':'1'}}}",
                headers)
            .session();
    if (session.isEmpty()) {
      throw new IllegalStateException("no session was opened");
    }
    return session;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
