package io.mcpnode.netns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.AdminClient;
import io.mcpnode.process.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One cut under load: sessions are used at all nodes at once, something happens to the network, the
 * verdicts come, the network heals, and everything must be as if nothing had been.
 */
final class CutRun {

  static final Duration VERDICT_LIMIT = Duration.ofSeconds(6);
  static final Duration HEALED_LIMIT = Duration.ofSeconds(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration TAKEN_OVER_LIMIT = Duration.ofSeconds(20);
  private static final int SESSIONS = 9;

  private final Vertx vertx;
  private final HostedCluster cluster;
  private Duration healedLimit = HEALED_LIMIT;
  private Duration takenOverLimit = TAKEN_OVER_LIMIT;

  CutRun(Vertx vertx, HostedCluster cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
  }

  /** All need not serve again before that. */
  CutRun patient(Duration limit) {
    healedLimit = limit;
    return this;
  }

  /** Those that serve need not have taken everything over before that. */
  CutRun takesOverWithin(Duration limit) {
    takenOverLimit = limit;
    return this;
  }

  /**
   * @param title for the log
   * @param cut what happens
   * @param heal what ends it
   * @param losers who must be quarantined; the others must go on and serve every session
   * @param stays how long the cut stays after all that
   */
  void run(String title, Runnable cut, Runnable heal, Collection<Integer> losers, Duration stays) {
    Collection<Integer> winners = cluster.hosts().others(losers);
    run(title, cut, heal, losers, winners, winners, stays);
  }

  /**
   * @param losers may be filled by the cut
   * @param winners who must go on; may be filled by the cut
   * @param serving those of them that must serve every session
   */
  void run(
      String title,
      Runnable cut,
      Runnable heal,
      Collection<Integer> losers,
      Collection<Integer> winners,
      Collection<Integer> serving,
      Duration stays) {
    try (SharedLoad load = SharedLoad.begin(vertx, cluster.uris(), SESSIONS)) {
      load.awaitServed(cluster.all(), START_LIMIT);
      long began = System.nanoTime();
      cut.run();
      for (int loser : losers) {
        awaitVerdict(loser, Set.of("quarantined", ""));
      }
      for (int winner : winners) {
        awaitVerdict(winner, Set.of("goes_on"));
      }
      long verdict = System.nanoTime();
      load.awaitServed(serving, takenOverLimit);
      refuseClearly(losers);
      long quiet = System.nanoTime();
      Await.until("the cut has lasted", stays.plusSeconds(1), () -> elapsed(quiet, stays));
      for (int loser : losers) {
        assertThat(load.ackedSince(loser, quiet)).as("acknowledged by n%d", loser).isZero();
      }
      heal.run();
      Duration back = load.awaitServed(cluster.all(), Duration.ofSeconds(60));
      System.out.printf(
          "%s: verdict %d ms, taken over %d ms after the cut, all serve %d ms after it healed; %s%n",
          title,
          (verdict - began) / 1_000_000,
          (quiet - began) / 1_000_000,
          back.toMillis(),
          load.summary());
      List<String> violations = load.finish();
      assertThat(violations).as(title).isEmpty();
      assertThat(Duration.ofNanos(verdict - began)).as("verdict").isLessThan(VERDICT_LIMIT);
      assertThat(back).as("all serve again").isLessThan(healedLimit);
    } catch (IllegalStateException | AssertionError e) {
      System.out.println(title + " failed: " + e.getMessage());
      diagnose();
      throw e;
    } finally {
      heal.run();
    }
  }

  /** Something that no verdict can be expected of, as long as it lasts. */
  void disturb(String title, Runnable trouble, Runnable heal) {
    try (SharedLoad load = SharedLoad.begin(vertx, cluster.uris(), SESSIONS)) {
      load.awaitServed(cluster.all(), START_LIMIT);
      trouble.run();
      heal.run();
      Duration back = load.awaitServed(cluster.all(), Duration.ofSeconds(60));
      System.out.printf(
          "%s: all serve %d ms after it healed; %s%n", title, back.toMillis(), load.summary());
      assertThat(load.finish()).as(title).isEmpty();
      assertThat(back).as("all serve again").isLessThan(HEALED_LIMIT);
    } catch (IllegalStateException | AssertionError e) {
      System.out.println(title + " failed: " + e.getMessage());
      diagnose();
      throw e;
    } finally {
      heal.run();
    }
  }

  /** Something that must not be taken for a partition; every node goes on serving meanwhile. */
  void endure(String title, Runnable trouble, Runnable heal, Duration lasts) {
    try (SharedLoad load = SharedLoad.begin(vertx, cluster.uris(), SESSIONS)) {
      load.awaitServed(cluster.all(), START_LIMIT);
      Map<Integer, String> before = troubles();
      trouble.run();
      lasting(lasts);
      load.awaitServed(cluster.all(), TAKEN_OVER_LIMIT);
      heal.run();
      System.out.println(title + ": " + load.summary());
      assertThat(load.finish()).as(title).isEmpty();
      assertThat(troubles()).as("who is gone, and alerts").isEqualTo(before);
    } catch (IllegalStateException | AssertionError e) {
      System.out.println(title + " failed: " + e.getMessage());
      diagnose();
      throw e;
    } finally {
      heal.run();
    }
  }

  private Map<Integer, String> troubles() {
    Map<Integer, String> troubles = new TreeMap<>();
    for (int host : cluster.all()) {
      troubles.put(host, cluster.troubles(host));
    }
    return troubles;
  }

  /** Waits, since nothing will tell that the network has done enough. */
  static void lasting(Duration time) {
    long since = System.nanoTime();
    Await.until("time passes", time.plusSeconds(5), () -> elapsed(since, time));
  }

  private static boolean elapsed(long since, Duration time) {
    return System.nanoTime() - since >= time.toNanos();
  }

  private void awaitVerdict(int host, Set<String> wanted) {
    Await.until(
        "n" + host + " is " + wanted,
        Duration.ofSeconds(15),
        () -> wanted.contains(cluster.verdict(host)));
  }

  /** A quarantined node says so to load balancers and operators. */
  private void refuseClearly(Collection<Integer> losers) {
    for (int loser : losers) {
      if (!cluster.verdict(loser).isEmpty()) {
        AdminClient.Answer answer = cluster.admin(loser).get("/health/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).matches("[1-9][0-9]*");
      }
    }
  }

  /** What every node knew, for whoever reads the log of a failure. */
  private void diagnose() {
    for (int host : new TreeSet<>(cluster.all())) {
      JsonNode report = cluster.admin(host).tryGet("/cluster/partition").body();
      System.out.println("n" + host + ": " + report);
    }
  }
}
