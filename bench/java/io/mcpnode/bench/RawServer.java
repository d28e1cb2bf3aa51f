package io.mcpnode.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The yardstick: a Vert.x HTTP server that does nothing but read a {@code tools/call echo}, parse
 * it, and answer what a node answers. {@code tree} parses to a JsonObject and writes one; {@code
 * stream} reads and writes tokens. No session, no checks, no cluster: what is above it is the
 * product's price.
 */
public final class RawServer {

  private static final JsonFactory JSON = new JsonFactory();

  private RawServer() {}

  /** Arguments: tree or stream. Prints {@code ready URL}; runs until it is ended. */
  public static void main(String[] args) {
    boolean tree = args[0].equals("tree");
    if (!tree && !args[0].equals("stream")) {
      throw new IllegalArgumentException("kind: " + args[0] + " (expected: tree or stream)");
    }
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(body -> send(request, tree ? viaTree(body) : viaStream(body))))
            .listen(0, "127.0.0.1")
            .await();
    System.out.println("ready http://127.0.0.1:" + server.actualPort() + "/mcp");
  }

  private static void send(HttpServerRequest request, Buffer answer) {
    request.response().putHeader("content-type", "application/json").end(answer);
  }

  static Buffer viaTree(Buffer body) {
    JsonObject call = body.toJsonObject();
    JsonObject params = call.getJsonObject("params");
    JsonObject result = new JsonObject();
    boolean modern = params.containsKey("_meta");
    if (modern) {
      result.put("resultType", "complete");
    }
    String message = params.getJsonObject("arguments").getString("message");
    result.put(
        "content", new JsonArray().add(new JsonObject().put("type", "text").put("text", message)));
    if (modern) {
      JsonObject info = new JsonObject().put("name", "mcp-node").put("version", "0.1.0");
      result.put("_meta", new JsonObject().put("io.modelcontextprotocol/serverInfo", info));
    }
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", call.getValue("id"))
        .put("result", result)
        .toBuffer();
  }

  static Buffer viaStream(Buffer body) {
    try (JsonParser in = JSON.createParser(body.getBytes())) {
      long id = 0;
      String message = "";
      boolean modern = false;
      while (in.nextToken() != null) {
        if (in.currentToken() != JsonToken.FIELD_NAME) {
          continue;
        }
        switch (in.currentName()) {
          case "id" -> id = in.nextLongValue(0);
          case "message" -> message = in.nextTextValue();
          case "_meta" -> {
            modern = true;
            in.nextToken();
            in.skipChildren();
          }
          default -> {
            // Of no interest here.
          }
        }
      }
      return write(id, message, modern);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Buffer write(long id, String message, boolean modern) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("jsonrpc", "2.0");
      out.writeNumberField("id", id);
      out.writeObjectFieldStart("result");
      if (modern) {
        out.writeStringField("resultType", "complete");
      }
      out.writeArrayFieldStart("content");
      out.writeStartObject();
      out.writeStringField("type", "text");
      out.writeStringField("text", message);
      out.writeEndObject();
      out.writeEndArray();
      if (modern) {
        out.writeObjectFieldStart("_meta");
        out.writeObjectFieldStart("io.modelcontextprotocol/serverInfo");
        out.writeStringField("name", "mcp-node");
        out.writeStringField("version", "0.1.0");
        out.writeEndObject();
        out.writeEndObject();
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
