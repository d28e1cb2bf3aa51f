package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharePlanTest {

  /** Every cluster of up to five nodes with up to six (four nodes) or three records each. */
  static Stream<Map<String, Long>> clusters() {
    return IntStream.rangeClosed(0, 5).boxed().flatMap(nodes -> of(nodes, nodes < 5 ? 7 : 4));
  }

  private static Stream<Map<String, Long>> of(int nodes, int counts) {
    int all = (int) Math.pow(counts, nodes);
    return IntStream.range(0, all)
        .mapToObj(
            number -> {
              Map<String, Long> owned = new TreeMap<>();
              int rest = number;
              for (int i = 0; i < nodes; i++) {
                owned.put("n" + i, (long) (rest % counts));
                rest /= counts;
              }
              return owned;
            });
  }

  private static Map<String, Long> after(Map<String, Long> owned, SharePlan plan) {
    Map<String, Long> after = new TreeMap<>(owned);
    plan.gives()
        .forEach(
            (from, shares) ->
                shares.forEach(
                    (to, records) -> {
                      after.merge(from, -records, Long::sum);
                      after.merge(to, records, Long::sum);
                    }));
    return after;
  }

  @Test
  void everyClusterIsEvenAfterwards() {
    clusters()
        .forEach(
            owned -> {
              Map<String, Long> after = after(owned, SharePlan.even(owned));
              assertThat(after.keySet()).isEqualTo(owned.keySet());
              assertThat(sum(after)).as("%s", owned).isEqualTo(sum(owned));
              long most = after.values().stream().mapToLong(n -> n).max().orElse(0);
              long least = after.values().stream().mapToLong(n -> n).min().orElse(0);
              assertThat(most - least).as("%s => %s", owned, after).isBetween(0L, 1L);
            });
  }

  private static long sum(Map<String, Long> owned) {
    return owned.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void asFewAsPossibleMove() {
    clusters()
        .filter(owned -> !owned.isEmpty())
        .forEach(
            owned -> {
              long floor = sum(owned) / owned.size();
              long oneMore = sum(owned) % owned.size();
              long tooMuch = owned.values().stream().mapToLong(n -> Math.max(0, n - floor)).sum();
              long above = owned.values().stream().filter(n -> n > floor).count();
              assertThat(SharePlan.even(owned).records())
                  .as("%s", owned)
                  .isEqualTo(tooMuch - Math.min(oneMore, above));
            });
  }

  @Test
  void nobodyBothGivesAndTakesAndNobodyGivesNothing() {
    clusters()
        .forEach(
            owned -> {
              Map<String, Map<String, Long>> gives = SharePlan.even(owned).gives();
              Set<String> takers = new HashSet<>();
              gives.values().forEach(shares -> takers.addAll(shares.keySet()));
              assertThat(Collections.disjoint(takers, gives.keySet())).isTrue();
              assertThat(gives.values()).allMatch(shares -> !shares.isEmpty());
              assertThat(gives.values().stream().flatMap(shares -> shares.values().stream()))
                  .allMatch(records -> records > 0);
            });
  }

  @Test
  void thePlanIsTheSameInWhateverOrderTheNodesAreTold() {
    clusters()
        .forEach(
            owned -> {
              Map<String, Long> reversed = new LinkedHashMap<>();
              List<String> names = List.copyOf(owned.keySet());
              for (int i = names.size() - 1; i >= 0; i--) {
                reversed.put(names.get(i), owned.get(names.get(i)));
              }
              assertThat(SharePlan.even(reversed)).isEqualTo(SharePlan.even(owned));
            });
  }

  @Test
  void aNewNodeGetsItsShareFromEach() {
    assertThat(SharePlan.even(new TreeMap<>(Map.of("a", 100L, "b", 100L, "c", 100L, "d", 0L))))
        .isEqualTo(
            new SharePlan(
                Map.of("a", Map.of("d", 25L), "b", Map.of("d", 25L), "c", Map.of("d", 25L))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "10, 0, false", // not worth it
    "20, 0, false", // ten from the average
    "22, 0, true",
    "1000, 900, false", // within a tenth
    "1000, 800, true",
    "100000, 80000, true"
  })
  void onlyWhatIsFarFromTheAverageIsUneven(long a, long b, boolean uneven) {
    assertThat(SharePlan.isUneven(Map.of("a", a, "b", b))).isEqualTo(uneven);
    assertThat(SharePlan.isUneven(Map.of())).isFalse();
  }
}
