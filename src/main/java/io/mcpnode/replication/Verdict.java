package io.mcpnode.replication;

import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link Mutation}.
 *
 * @param stored after it: the new one if applied, the one in the way if stale, null if gone
 */
public record Verdict(Outcome outcome, @Nullable Stored stored) {

  static final Verdict GONE = new Verdict(Outcome.GONE, null);

  static Verdict applied(Stored stored) {
    return new Verdict(Outcome.APPLIED, stored);
  }

  static Verdict stale(Stored current) {
    return new Verdict(Outcome.STALE, current);
  }

  public enum Outcome {
    /** It is stored, on all wanted copies once the store's future completes. */
    APPLIED('A'),
    /** Nothing changed: somebody else was there first. */
    STALE('S'),
    /** Nothing changed: there is no such record any more. */
    GONE('G');

    private final char code;

    Outcome(char code) {
      this.code = code;
    }

    char code() {
      return code;
    }

    static Outcome ofCode(int code) {
      for (Outcome outcome : values()) {
        if (outcome.code == code) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("outcome: " + code + " (expected: 'A', 'S' or 'G')");
    }
  }
}
