package io.mcpnode.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all nodes of a cluster know and clients don't: keys for what clients carry from one node to
 * another. Without a cookie anybody can make the keys, which then guard against mistakes alone.
 */
public final class ClusterSecret {

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] root;

  /**
   * @param cookie the shared secret of the cluster; empty for a node alone
   */
  public ClusterSecret(String cookie) {
    root = mac(("mcp-node " + cookie).getBytes(StandardCharsets.UTF_8), "root");
  }

  /** A key for one purpose, the same on every node. */
  byte[] key(String purpose) {
    return mac(root, purpose);
  }

  /** The keyed digest of a text, 32 bytes. */
  static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
