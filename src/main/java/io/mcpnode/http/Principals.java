package io.mcpnode.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as far as it shows: the digest of its credentials. This authenticates nobody, a
 * proxy in front does that. It ties a session to the credentials that opened it, so that a session
 * id that leaked is of no use without them; a session of an anonymous client is protected by its id
 * alone. Sixteen hex digits (64 bits) keep records small and do not give the credentials away.
 * Owned by one event loop.
 */
final class Principals {

  static final String ANONYMOUS = "anonymous";

  private final Verdicts<String> known = new Verdicts<>(Principals::digest);

  /**
   * @param authorization the header, null if there is none
   */
  String of(@Nullable String authorization) {
    return authorization == null ? ANONYMOUS : known.of(authorization);
  }

  private static String digest(String authorization) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(authorization.getBytes(StandardCharsets.UTF_8));
      return "credential:" + HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
