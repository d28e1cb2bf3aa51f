package io.mcpnode.netns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that goes wrong for a while, chosen at random. The same random numbers make the same
 * faults.
 *
 * @param title for the log
 * @param lasts before it is mended
 */
record RandomFault(String title, Runnable begin, Runnable end, Duration lasts) {

  private static final int SHORTEST_MILLIS = 300;
  private static final int LONGEST_MILLIS = 12_000;

  /**
   * @param mayBeLost how many nodes may be killed at once
   */
  static RandomFault next(Random random, HostedCluster cluster, int mayBeLost) {
    Hosts net = cluster.hosts();
    Duration lasts =
        Duration.ofMillis(
            SHORTEST_MILLIS + (long) random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    List<Integer> order = new ArrayList<>(net.others(Set.of()));
    Collections.shuffle(order, random);
    int one = order.get(0);
    int other = order.get(1);
    return switch (random.nextInt(6)) {
      case 0 -> {
        Set<Integer> side = new TreeSet<>(order.subList(0, 1 + random.nextInt(order.size() - 1)));
        Set<Integer> rest = net.others(side);
        yield of(side + " | " + rest, lasts, () -> net.split(List.of(side, rest)), net::heal);
      }
      case 1 ->
          of(
              "n%d not to n%d".formatted(one, other),
              lasts,
              () -> net.cutOneWay(one, other),
              net::heal);
      case 2 -> of("n%d - n%d".formatted(one, other), lasts, () -> net.cut(one, other), net::heal);
      case 3 -> {
        double share = 0.05 + random.nextDouble() * 0.35;
        yield of(
            "n%d loses %.0f %%".formatted(one, share * 100),
            lasts,
            () -> net.lossy(one, share),
            net::heal);
      }
      case 4 ->
          of("n" + one + " stopped", lasts, () -> cluster.pause(one), () -> cluster.resume(one));
      default -> {
        Set<Integer> killed = new TreeSet<>(order.subList(0, 1 + random.nextInt(mayBeLost)));
        yield of(
            "kill -9 of " + killed,
            lasts,
            () -> cluster.kill(killed),
            () -> killed.forEach(cluster::restart));
      }
    };
  }

  private static RandomFault of(String title, Duration lasts, Runnable begin, Runnable end) {
    return new RandomFault(title, begin, end, lasts);
  }
}
