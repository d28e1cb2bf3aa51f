package io.mcpnode.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant. */
final class Nearest {

  private static final int MAX_LENGTH = 100;

  private Nearest() {}

  /** The candidate with the fewest typing mistakes, if they are few for its length. */
  static Optional<String> to(String word, Collection<String> candidates) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .map(
            candidate ->
                new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.distance <= Math.max(2, scored.candidate.length() / 4))
        .filter(scored -> scored.distance < scored.candidate.length())
        .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
        .map(Scored::candidate);
  }

  private record Scored(String candidate, int distance) {}

  /** Optimal string alignment: insert, delete, replace, or swap two neighbours. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
