package io.mcpnode.state;

import java.util.Locale;

/** What a record is to clients. */
public enum Kind {
  /** A session of the revisions up to 2025-11-25. */
  SESSION('S'),
  /** State that a client of 2026-07-28 names explicitly. */
  HANDLE('H'),
  /** A call of a tool that goes on after its first answer. */
  TASK('T'),
  /** What a call of a session has sent to its client. */
  STREAM('E'),

  /** A name that one node holds; never shown to clients. */
  NAME('N');

  private final char code;

  Kind(char code) {
    this.code = code;
  }

  /** Stands for it in stored records and at the start of its keys. */
  public char code() {
    return code;
  }

  /** Whether the key was made for a record of this kind; says nothing about what is stored. */
  public boolean names(String key) {
    return !key.isEmpty() && key.charAt(0) == code;
  }

  public static Kind ofCode(int code) {
    for (Kind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind: " + code + " (expected: 'S', 'H', 'T', 'E' or 'N')");
  }

  /** As operators read it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
