package io.mcpnode.affinity;

import io.mcpnode.state.Kind;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The keys of records: the kind, then 160 random bits that nobody can guess. */
final class RecordKeys {

  private static final int BYTES = 20;
  private static final Pattern FORM = Pattern.compile("[SHTE][A-Za-z0-9_-]{27}");

  private RecordKeys() {}

  static String create(Kind kind, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return kind.code() + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Could have been made here; says nothing about what is stored. */
  static boolean isKey(String text) {
    return FORM.matcher(text).matches();
  }
}
