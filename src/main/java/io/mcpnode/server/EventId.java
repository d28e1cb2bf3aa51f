package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event, {@code STREAM.EPOCH.OFFSET}, followed for the stream of a call by the id of
 * its request, so that a client whose stream is lost can still be given an answer.
 *
 * @param stream the key of the record that is the log of a call; for a GET stream {@code g} and its
 *     number
 * @param epoch of the owner that wrote the event
 * @param request null for a GET stream, and where it is too long to be carried around
 */
record EventId(String stream, long epoch, long offset, @Nullable RequestId request) {

  private static final String NEWS = "g";

  /** Keys are longer. */
  private static final Pattern NEWS_STREAM = Pattern.compile(NEWS + "[0-9]{0,18}");

  private static final int MAX_LENGTH = 256;
  private static final int MAX_REQUEST_LENGTH = 64;

  /** Null if it is none of ours. */
  static @Nullable EventId of(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length < 3 || parts.length > 4 || !Keys.plausible(parts[0])) {
      return null;
    }
    try {
      return new EventId(
          parts[0],
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          parts.length == 3 ? null : request(parts[3]));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whatever the client made of it, only this client gets it back: it must be a JSON token. */
  private static @Nullable RequestId request(String encoded) {
    String json = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    if (json.matches("-?(0|[1-9][0-9]{0,18})")) {
      return RequestId.ofInteger(json);
    }
    return json.matches("\"[^\"\\\\\\p{Cntrl}]*\"")
        ? RequestId.ofString(json.substring(1, json.length() - 1))
        : null;
  }

  /**
   * Of an event of a GET stream.
   *
   * @param stream its number among those of the session and epoch
   */
  static EventId ofNews(long stream, long epoch, long offset) {
    return new EventId(NEWS + stream, epoch, offset, null);
  }

  boolean isNews() {
    return NEWS_STREAM.matcher(stream).matches();
  }

  /** The number of the GET stream; 0 if it has none. */
  long newsStream() {
    String number = stream.substring(NEWS.length());
    return number.isEmpty() ? 0 : Long.parseLong(number);
  }

  @Override
  public String toString() {
    String text = stream + "." + epoch + "." + offset;
    return request == null || request.json().length() > MAX_REQUEST_LENGTH
        ? text
        : text
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(request.json().getBytes(StandardCharsets.UTF_8));
  }
}
