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
import java.util.Map;

/** The operator's routes of one node; blocks. */
public final class AdminClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param status 0: nobody answered
   * @param body a missing node if the text is not JSON
   * @param retryAfter the header; empty if it is not there
   * @param authenticate the header {@code WWW-Authenticate}; empty if it is not there
   */
  public record Answer(
      int status,
      String text,
      JsonNode body,
      String contentType,
      String retryAfter,
      String authenticate) {}

  private final URI node;

  /**
   * @param node any URL of the node; only host and port count
   */
  public AdminClient(URI node) {
    this.node = node;
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** As {@link #get}, but a node that doesn't answer is status 0. */
  public Answer tryGet(String path) {
    try {
      return get(path);
    } catch (UncheckedIOException e) {
      return new Answer(0, String.valueOf(e.getMessage()), MissingNode.getInstance(), "", "", "");
    }
  }

  public Answer post(String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  public Answer put(String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** Sends a POST with exactly these headers. */
  public Answer post(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    return send(request.POST(BodyPublishers.ofString(body)));
  }

  /** Sends a request without a body and with exactly these headers. */
  public Answer send(String method, String path, Map<String, String> headers) {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    return send(request.method(method, BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve(path)).timeout(Duration.ofSeconds(30));
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body(),
          json(response.body()),
          response.headers().firstValue("content-type").orElse(""),
          response.headers().firstValue("retry-after").orElse(""),
          response.headers().firstValue("www-authenticate").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
