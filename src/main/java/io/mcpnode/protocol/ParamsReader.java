package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code params}: the members that dispatching needs, and where the arguments are. */
final class ParamsReader {

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String VERSION = PREFIX + "protocolVersion";
  private static final String CAPABILITIES = PREFIX + "clientCapabilities";
  private static final String INFO = PREFIX + "clientInfo";
  private static final String LOG_LEVEL = PREFIX + "logLevel";

  /**
   * Up to so many bytes the arguments become a tree at once; a larger tree is built only where it
   * is needed, for it takes many times the memory of its text.
   */
  private static final int SMALL = 16 * 1024;

  private final byte[] body;
  private @Nullable String duplicate;
  private int seen;

  private @Nullable String name;
  private @Nullable String uri;
  private @Nullable String taskId;
  private boolean cursor;
  private @Nullable String cursorText;
  private Shape arguments = Shape.ABSENT;
  private int argumentsStart;
  private int argumentsEnd;
  private @Nullable ObjectNode smallArguments;
  private Shape task = Shape.ABSENT;
  private Meta meta = Meta.NONE;
  private boolean nextRound;

  private boolean claimsModern;
  private @Nullable String protocolVersion;
  private Shape clientCapabilities = Shape.ABSENT;
  private Shape clientInfo = Shape.ABSENT;
  private @Nullable RequestId progressToken;
  private @Nullable String logLevel;
  private @Nullable String traceparent;
  private @Nullable String problem;

  ParamsReader(byte[] body) {
    this.body = body;
  }

  /** A key that came twice and matters, null if there is none. */
  @Nullable String duplicate() {
    return duplicate;
  }

  /** Called at the START_OBJECT; returns at the END_OBJECT that belongs to it. */
  Params read(JsonParser parser) throws IOException {
    int start = tokenStart(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "name" -> {
          once(1, key);
          name = text(parser, value);
        }
        case "uri" -> {
          once(2, key);
          uri = text(parser, value);
        }
        case "taskId" -> {
          once(4, key);
          taskId = text(parser, value);
        }
        case "arguments" -> {
          once(8, key);
          smallArguments = null;
          arguments(parser, value);
        }
        case "cursor" -> {
          cursor = value != JsonToken.VALUE_NULL;
          cursorText = text(parser, value);
        }
        case "task" -> {
          once(4096, key);
          task = shape(value);
          parser.skipChildren();
        }
        case "_meta" -> {
          once(16, key);
          meta(parser, value);
        }
        case "requestState", "inputResponses" -> {
          once(key.equals("requestState") ? 1 << 20 : 1 << 21, key);
          nextRound = true;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    return new Params(
        body,
        start,
        tokenStart(parser) + 1,
        name,
        uri,
        taskId,
        cursor,
        cursorText,
        arguments,
        argumentsStart,
        argumentsEnd,
        smallArguments,
        task,
        meta,
        nextRound);
  }

  private void arguments(JsonParser parser, JsonToken value) throws IOException {
    arguments = shape(value);
    argumentsStart = tokenStart(parser);
    if (arguments == Shape.OBJECT && body.length <= SMALL) {
      smallArguments = TreeReader.object(parser);
    } else {
      parser.skipChildren();
    }
    if (arguments == Shape.OBJECT) {
      argumentsEnd = tokenStart(parser) + 1;
    }
  }

  private void meta(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      meta = value == JsonToken.VALUE_NULL ? Meta.NONE : Meta.NOT_AN_OBJECT;
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      member(key, parser, parser.nextToken());
    }
    meta =
        new Meta(
            Shape.OBJECT,
            claimsModern,
            protocolVersion,
            clientCapabilities,
            clientInfo,
            progressToken,
            logLevel,
            traceparent,
            problem);
  }

  private void member(String key, JsonParser parser, JsonToken value) throws IOException {
    switch (key) {
      case VERSION -> {
        once(32, key);
        claimsModern = true;
        protocolVersion = checkedText(key, parser, value);
      }
      case CAPABILITIES -> {
        once(64, key);
        clientCapabilities = claim(ClientClaim.CAPABILITIES, key, parser, value);
      }
      case INFO -> {
        once(128, key);
        clientInfo = claim(ClientClaim.INFO, key, parser, value);
      }
      case LOG_LEVEL -> {
        once(256, key);
        logLevel = checkedText(key, parser, value);
      }
      case "progressToken" -> {
        once(512, key);
        progressToken = EnvelopeReader.token(parser, value);
        if (progressToken == null) {
          wrong(key, "a string or an integer");
        }
      }
      case "traceparent" -> {
        once(1024, key);
        traceparent = text(parser, value);
      }
      default -> parser.skipChildren();
    }
  }

  private Shape claim(ClientClaim claim, String key, JsonParser parser, JsonToken value)
      throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      wrong(key, "object");
      return Shape.OTHER;
    }
    String wrong = claim.wrong(parser);
    if (wrong != null && problem == null) {
      problem = path(key) + wrong;
    }
    return Shape.OBJECT;
  }

  private @Nullable String checkedText(String key, JsonParser parser, JsonToken value)
      throws IOException {
    String text = text(parser, value);
    if (text == null) {
      wrong(key, "string");
    }
    return text;
  }

  private void wrong(String key, String expected) {
    if (problem == null) {
      problem = path(key) + ": of another type (expected: " + expected + ")";
    }
  }

  private static String path(String key) {
    return "_meta[\"" + key + "\"]";
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /** Notes the first key that comes twice. */
  private void once(int bit, String key) {
    if ((seen & bit) != 0 && duplicate == null) {
      duplicate = key;
    }
    seen |= bit;
  }

  private static Shape shape(JsonToken value) {
    return switch (value) {
      case START_OBJECT -> Shape.OBJECT;
      case VALUE_NULL -> Shape.ABSENT;
      default -> Shape.OTHER;
    };
  }

  private static int tokenStart(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }
}
