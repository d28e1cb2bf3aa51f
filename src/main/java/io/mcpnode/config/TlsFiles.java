package io.mcpnode.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the files of a certificate and its key, found before anything is started. They
 * are read as Vert.x reads them when it listens.
 */
final class TlsFiles {

  private static final byte[] ANYTHING = {1, 2, 3};

  private TlsFiles() {}

  /** A sentence, or null if there is a certificate in the file. */
  static @Nullable String faultOfCert(Path cert) {
    try {
      KeyStoreHelper.loadCA(Stream.of(read(cert)));
      return null;
    } catch (Exception e) { // whatever the parser throws at what is no certificate
      return fault(cert, "a PEM file with a certificate", firstLine(e));
    }
  }

  /**
   * @param cert without a fault
   * @return a sentence, or null if the key is that of the certificate
   */
  static @Nullable String faultOfKey(Path key, Path cert) {
    String expected =
        "a PEM file with the private key, not encrypted, of the certificate in " + cert;
    try {
      KeyStore store = KeyStoreHelper.loadKeyCert(List.of(read(key)), List.of(read(cert)));
      String alias = store.aliases().nextElement();
      char[] password = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();
      return store.getKey(alias, password) instanceof PrivateKey secret
              && isPair(secret, store.getCertificate(alias).getPublicKey())
          ? null
          : fault(key, expected, "another key");
    } catch (Exception e) { // whatever the parser throws at what is no key
      return fault(key, expected, firstLine(e));
    }
  }

  private static boolean isPair(PrivateKey secret, PublicKey known)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            secret.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(secret);
    signature.update(ANYTHING);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(ANYTHING);
    return signature.verify(signed);
  }

  private static Buffer read(Path file) throws IOException {
    return Buffer.buffer(Files.readAllBytes(file));
  }

  private static String fault(Path file, String expected, String found) {
    return Show.quoted(file.toString()) + ", " + found + " (expected: " + expected + ")";
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
