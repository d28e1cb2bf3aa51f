package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a body in one pass. Text that is not JSON is {@code -32700}; JSON that is no JSON-RPC
 * message, or is beyond a bound, is {@code -32600}.
 */
public final class MessageParser {

  /** Elements of a batch. */
  public static final int MAX_BATCH = 100;

  private MessageParser() {}

  /** Classifies any bytes; never throws for what is in them. The array must not change later. */
  public static Message parse(byte[] body) {
    if (startsWithMark(body)) {
      return unreadable("a byte order mark or a NUL byte (expected: UTF-8 JSON text)");
    }
    if (!Utf8.valid(body)) {
      return unreadable("not UTF-8");
    }
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return unreadable("empty body (expected: a JSON-RPC message)");
      }
      Message message = value(parser, first, body);
      if (parser.nextToken() != null) {
        return unreadable("more text after the message (expected: one JSON value)");
      }
      return message;
    } catch (StreamConstraintsException e) {
      return refused("beyond a bound: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      return unreadable("not JSON at byte " + Math.max(0, e.getLocation() == null ? 0 : offset(e)));
    } catch (IOException e) {
      return unreadable("not UTF-8");
    }
  }

  private static long offset(JsonProcessingException e) {
    return e.getLocation().getByteOffset();
  }

  private static Message value(JsonParser parser, JsonToken first, byte[] body) throws IOException {
    return switch (first) {
      case START_OBJECT -> new EnvelopeReader(body).read(parser);
      case START_ARRAY -> batch(parser, body);
      default -> refused("neither an object nor an array (expected: a JSON-RPC message)");
    };
  }

  private static Message batch(JsonParser parser, byte[] body) throws IOException {
    List<Message> messages = new ArrayList<>();
    int count = 0;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (++count > MAX_BATCH) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT) {
        messages.add(new EnvelopeReader(body).read(parser));
      } else {
        parser.skipChildren();
        messages.add(refused("batch element: not an object (expected: a JSON-RPC message)"));
      }
    }
    if (count == 0) {
      return refused("empty batch (expected: at least one message)");
    }
    if (count > MAX_BATCH) {
      return refused("batch of " + count + " messages (expected: <= " + MAX_BATCH + ")");
    }
    return new Message.Batch(messages);
  }

  /** A byte order mark, or an encoding in which the first characters contain NUL bytes. */
  private static boolean startsWithMark(byte[] body) {
    if (body.length >= 3
        && (body[0] & 0xFF) == 0xEF
        && (body[1] & 0xFF) == 0xBB
        && (body[2] & 0xFF) == 0xBF) {
      return true;
    }
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static Message.Invalid unreadable(String why) {
    return new Message.Invalid(null, RpcError.of(RpcCode.PARSE_ERROR, why));
  }

  private static Message.Invalid refused(String why) {
    return new Message.Invalid(null, RpcError.of(RpcCode.INVALID_REQUEST, why));
  }
}
