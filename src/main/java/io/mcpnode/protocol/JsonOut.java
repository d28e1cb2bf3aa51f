package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON text as UTF-8 bytes, written front to back into an array that grows. One thread. */
public final class JsonOut {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final double EXACT = 1L << 53;

  private byte[] bytes;
  private int size;

  /**
   * @param expected bytes, so that it need not grow
   */
  public JsonOut(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /** The bytes so far are the first {@link #size} of it; valid until the next write. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public JsonOut raw(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** JSON text as it is. */
  public JsonOut raw(String json) {
    chars(json, false);
    return this;
  }

  public JsonOut raw(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** A quoted string. */
  public JsonOut string(String value) {
    raw('"');
    chars(value, true);
    return raw('"');
  }

  /** A member that is a string, after a comma; nothing if there is none. */
  JsonOut optional(String name, @Nullable String value) {
    return value == null ? this : raw(',').string(name).raw(':').string(value);
  }

  /** A number, without a fraction where it has none; JSON has no infinity and no NaN: null. */
  public JsonOut number(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      return raw(Long.toString((long) value));
    }
    return raw(Double.isFinite(value) ? Double.toString(value) : "null");
  }

  /**
   * @throws IllegalArgumentException if the tree can't be written, such as one nested too deeply
   */
  public JsonOut node(JsonNode tree) {
    try {
      return raw(Json.MAPPER.writeValueAsBytes(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The JSON token of a string. */
  static String quoted(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return new JsonOut(value.length() + 16).string(value).asText();
      }
    }
    return '"' + value + '"';
  }

  private String asText() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void chars(String text, boolean escape) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (!escape || (c >= 0x20 && c != '"' && c != '\\')) {
          bytes[size++] = (byte) c;
        } else {
          room(length - i + 6);
          escaped(c);
        }
      } else {
        room(length - i + 6);
        i += wide(text, i, c);
      }
    }
  }

  /** Writes a character beyond ASCII; answers how many further chars it took. */
  private int wide(String text, int at, char c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    } else if (!Character.isSurrogate(c)) {
      bytes[size++] = (byte) (0xE0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    } else if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      int point = Character.toCodePoint(c, text.charAt(at + 1));
      bytes[size++] = (byte) (0xF0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
      return 1;
    } else {
      // Half a pair has no UTF-8; JSON can still name it.
      unicode(c);
    }
    return 0;
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> pair(c);
      case '\n' -> pair('n');
      case '\r' -> pair('r');
      case '\t' -> pair('t');
      default -> unicode(c);
    }
  }

  private void pair(char c) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) c;
  }

  private void unicode(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 0xF];
    }
  }

  private void room(int wanted) {
    if (bytes.length - size < wanted) {
      bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, wanted)));
    }
  }
}
