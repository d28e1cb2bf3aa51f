package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON-RPC object. It goes on to the end after a mistake, so that text that is not JSON
 * is told from JSON that is not JSON-RPC.
 */
final class EnvelopeReader {

  private static final int MAX_METHOD_LENGTH = 256;

  private final byte[] body;
  private boolean versionSeen;
  private boolean idSeen;
  private @Nullable RequestId id;
  private boolean methodSeen;
  private @Nullable String method;
  private boolean resultSeen;
  private boolean errorSeen;
  private boolean paramsSeen;
  private Params params = Params.NONE;
  private Params answer = Params.NONE;
  private @Nullable String problem;

  EnvelopeReader(byte[] body) {
    this.body = body;
  }

  /** Called at the START_OBJECT; returns at the END_OBJECT that belongs to it. */
  Message read(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "jsonrpc" -> version(parser, value);
        case "id" -> id(parser, value);
        case "method" -> method(parser, value);
        case "params" -> params(parser, value);
        case "result" -> {
          resultSeen = once(resultSeen, "result");
          answer = object(parser, value);
        }
        case "error" -> {
          errorSeen = once(errorSeen, "error");
          answer = object(parser, value);
        }
        default -> parser.skipChildren();
      }
    }
    return message();
  }

  private void version(JsonParser parser, JsonToken value) throws IOException {
    versionSeen = once(versionSeen, "jsonrpc");
    if (value != JsonToken.VALUE_STRING || !parser.getText().equals("2.0")) {
      parser.skipChildren();
      wrong("jsonrpc: not \"2.0\" (expected: \"2.0\")");
    }
  }

  private void id(JsonParser parser, JsonToken value) throws IOException {
    idSeen = once(idSeen, "id");
    id = token(parser, value);
    if (id == null) {
      wrong(
          "id: "
              + kind(value)
              + " (expected: a string of at most "
              + RequestId.MAX_LENGTH
              + " characters or an integer)");
    }
  }

  private void method(JsonParser parser, JsonToken value) throws IOException {
    methodSeen = once(methodSeen, "method");
    if (value == JsonToken.VALUE_STRING && parser.getTextLength() <= MAX_METHOD_LENGTH) {
      method = parser.getText();
    } else {
      wrong("method: " + kind(value) + " (expected: a string of at most 256 characters)");
      parser.skipChildren();
    }
  }

  private void params(JsonParser parser, JsonToken value) throws IOException {
    paramsSeen = once(paramsSeen, "params");
    if (value == JsonToken.START_OBJECT) {
      ParamsReader reader = new ParamsReader(body);
      params = reader.read(parser);
      String duplicate = reader.duplicate();
      if (duplicate != null) {
        wrong("params: duplicate key \"" + duplicate + "\"");
      }
    } else if (value != JsonToken.VALUE_NULL) {
      wrong("params: " + kind(value) + " (expected: object)");
      parser.skipChildren();
    }
  }

  /** Where an object is; its contents are the business of whoever asked for it. */
  private Params object(JsonParser parser, JsonToken value) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return value == JsonToken.START_OBJECT
        ? Params.at(body, start, (int) parser.currentTokenLocation().getByteOffset() + 1)
        : Params.NONE;
  }

  private Message message() {
    if (!versionSeen) {
      wrong("jsonrpc: missing (expected: \"2.0\")");
    }
    if (methodSeen == (resultSeen || errorSeen)) {
      wrong("neither a request, a notification nor a response");
    } else if (resultSeen && errorSeen) {
      wrong("a response with both result and error");
    } else if (resultSeen && !idSeen) {
      wrong("id: missing (expected: the id of the request)");
    }
    if (problem != null) {
      return new Message.Invalid(id, RpcError.of(RpcCode.INVALID_REQUEST, problem));
    }
    if (method == null) {
      return new Message.Response(id, errorSeen, answer);
    }
    return id == null
        ? new Message.Notification(method, params)
        : new Message.Request(id, method, params);
  }

  private boolean once(boolean seen, String key) {
    if (seen) {
      wrong("duplicate key \"" + key + '"');
    }
    return true;
  }

  private void wrong(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  /** An id or a progress token; null, with the value skipped, if it is none. */
  static @Nullable RequestId token(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return RequestId.ofInteger(parser.getText());
    }
    if (value == JsonToken.VALUE_STRING && parser.getTextLength() <= RequestId.MAX_LENGTH) {
      return RequestId.ofString(parser.getText());
    }
    parser.skipChildren();
    return null;
  }

  private static String kind(JsonToken value) {
    return switch (value) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a string";
    };
  }
}
