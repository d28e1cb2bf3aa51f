package io.mcpnode.server.input;

import io.mcpnode.wire.Clock;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes text that clients carry but can neither read nor change: AES-256-GCM. Its key is derived
 * from a secret that all nodes have, and changes every hour; text of the hour before can still be
 * opened. Any thread.
 */
public final class Seal {

  private static final byte VERSION = 1;
  private static final long WINDOW_MILLIS = 3_600_000;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int STRETCHING = 100_000;
  private static final int KEY_BITS = 256;

  private final byte[] master;
  private final Clock clock;
  private final SecureRandom random;
  private final ConcurrentHashMap<Long, SecretKeySpec> keys = new ConcurrentHashMap<>();

  /**
   * What was sealed.
   *
   * @param id different for every sealed text
   */
  public record Opened(String id, Buffer text) {}

  /**
   * Takes some tens of milliseconds, so that guessing a weak secret is slow.
   *
   * @param secret the same on all nodes
   */
  public Seal(char[] secret, Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    try {
      master =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(secret, label("mcp-node request state"), STRETCHING, KEY_BITS))
              .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2", e);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public String seal(byte[] text) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    long window = clock.millis() / WINDOW_MILLIS;
    byte[] head = head(window);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, window, iv, head).doFinal(text);
      byte[] all =
          ByteBuffer.allocate(HEAD_BYTES + IV_BYTES + closed.length)
              .put(head)
              .put(iv)
              .put(closed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** Null unless a node with the same secret sealed it, in this hour or the one before. */
  public @Nullable Opened open(String sealed) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (all.length < HEAD_BYTES + IV_BYTES + TAG_BYTES || all[0] != VERSION) {
      return null;
    }
    long window = ByteBuffer.wrap(all).getLong(1);
    // The hour after: the clock of the node that sealed it may be ahead.
    if (Math.abs(window - clock.millis() / WINDOW_MILLIS) > 1) {
      return null;
    }
    byte[] iv = Arrays.copyOfRange(all, HEAD_BYTES, HEAD_BYTES + IV_BYTES);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, window, iv, head(window))
              .doFinal(all, HEAD_BYTES + IV_BYTES, all.length - HEAD_BYTES - IV_BYTES);
      return new Opened(
          Base64.getUrlEncoder().withoutPadding().encodeToString(iv), Buffer.buffer(text));
    } catch (GeneralSecurityException forged) {
      return null;
    }
  }

  private Cipher cipher(int mode, long window, byte[] iv, byte[] head)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(window), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    cipher.updateAAD(head);
    return cipher;
  }

  private static byte[] head(long window) {
    return ByteBuffer.allocate(HEAD_BYTES).put(VERSION).putLong(window).array();
  }

  private SecretKeySpec key(long window) {
    keys.keySet().removeIf(old -> Math.abs(old - window) > 2);
    return keys.computeIfAbsent(
        window,
        w -> {
          try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal(label("window " + w)), "AES");
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
          }
        });
  }
}
