package io.mcpnode.process;

import java.util.List;

/**
 * What all clients saw together.
 *
 * @param violations what must never be: lost, doubled, gone, disagreeing; one line each
 * @param reasons the first reasons of what was not acknowledged
 * @param pausesMillis the longest pause of each client
 */
public record LoadReport(
    int clients,
    long acked,
    long unknown,
    long refused,
    long errors,
    long gone,
    List<String> violations,
    List<String> reasons,
    Spread pausesMillis) {

  private static final int MAX_REASONS = 20;

  static LoadReport of(List<History> histories) {
    return new LoadReport(
        histories.size(),
        histories.stream().mapToLong(History::ackedCount).sum(),
        histories.stream().mapToLong(History::unknownCount).sum(),
        histories.stream().mapToLong(History::refusedCount).sum(),
        histories.stream().mapToLong(History::errorCount).sum(),
        histories.stream().filter(History::isGone).count(),
        histories.stream().flatMap(history -> history.violations().stream()).toList(),
        histories.stream()
            .flatMap(history -> history.reasons().stream())
            .distinct()
            .limit(MAX_REASONS)
            .toList(),
        Spread.of(
            histories.stream().map(history -> history.longestPauseNanos() / 1_000_000.0).toList()));
  }

  /** One line for the log of a test run. */
  public String summary() {
    return "clients %d, acknowledged %d, unknown %d, refused %d, errors %d, gone %d, pause ms %s"
        .formatted(clients, acked, unknown, refused, errors, gone, pausesMillis);
  }
}
