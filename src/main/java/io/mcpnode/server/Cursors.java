package io.mcpnode.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Cursors of lists: the key of the last item of a page, signed, so that every node understands
 * those of the others and none is made up. They do not expire.
 */
final class Cursors {

  private static final int SIGNATURE = 16;
  private static final int MAX_LENGTH = 16 * 1024;

  private final byte[] key;

  Cursors(ClusterSecret secret) {
    key = secret.key("cursor 1");
  }

  /** Makes the cursors of one list, such as {@code tools}. */
  UnaryOperator<String> of(String list) {
    return last -> {
      byte[] text = last.getBytes(StandardCharsets.UTF_8);
      byte[] all = Arrays.copyOf(signature(list, last), SIGNATURE + text.length);
      System.arraycopy(text, 0, all, SIGNATURE, text.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    };
  }

  /** The key that the cursor names; null if it is none of this list of this cluster. */
  @Nullable String key(String list, String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      return null;
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    if (all.length < SIGNATURE) {
      return null;
    }
    String last = new String(all, SIGNATURE, all.length - SIGNATURE, StandardCharsets.UTF_8);
    byte[] said = Arrays.copyOf(all, SIGNATURE);
    return MessageDigest.isEqual(said, signature(list, last)) ? last : null;
  }

  private byte[] signature(String list, String last) {
    return Arrays.copyOf(ClusterSecret.mac(key, list + '\n' + last), SIGNATURE);
  }
}
