package io.mcpnode.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF, which parsers
 * for speed let pass.
 */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  static boolean valid(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (i + 8 <= text.length && ((long) LONGS.get(text, i) & HIGH_BITS) == 0) {
        i += 8;
        continue;
      }
      if (text[i] >= 0) {
        i++;
        continue;
      }
      int length = sequence(text, i);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** How long the multi-byte sequence at this place is; 0 if it is none. */
  private static int sequence(byte[] text, int at) {
    int first = text[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return follows(text, at, 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return follows(text, at, 2, low, high) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      return follows(text, at, 3, low, high) ? 4 : 0;
    }
    return 0;
  }

  /** So many continuation bytes follow, the first of them within these bounds. */
  private static boolean follows(byte[] text, int at, int count, int low, int high) {
    if (at + count >= text.length) {
      return false;
    }
    int second = text[at + 1] & 0xFF;
    if (second < low || second > high) {
      return false;
    }
    for (int i = 2; i <= count; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
