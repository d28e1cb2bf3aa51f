package io.mcpnode.partition;

import static io.mcpnode.membership.TestNodes.await;
import static io.mcpnode.partition.FindingTest.between;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.partition.Partitions.Decision;
import io.mcpnode.partition.Partitions.Gone;
import io.mcpnode.partition.Partitions.Report;
import io.mcpnode.partition.Partitions.Resolution;
import io.mcpnode.wire.Clock;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes of one process that vote and look; {@link LookoutTest} has the decisions. */
class PartitionWatchTest {

  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Set<Reachability.Link> B_FROM_C = between(nodes("{B}"), nodes("{C}"));
  private static final Set<Reachability.Link> C_FROM_ALL = between(nodes("{A,B}"), nodes("{C}"));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private WatchedNodes started(Duration interval) {
    WatchedNodes nodes = new WatchedNodes(vertx, interval);
    eventually(
        () -> {
          for (char letter : new char[] {'A', 'B', 'C'}) {
            assertThat(nodes.lease(letter).reason()).as("%s", letter).isEmpty();
          }
        });
    return nodes;
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  private static List<String> notes(Report report) {
    return report.decided().stream().map(Decision::what).toList();
  }

  @Test
  void nodesThatReachEachOtherServeAndSeeThatTheClusterIsWhole() {
    WatchedNodes nodes = started(OFTEN);
    for (char letter : new char[] {'A', 'B', 'C'}) {
      eventually(
          () -> {
            Report report = nodes.watch(letter).lastReport();
            assertThat(report.verdict()).isEqualTo("whole");
            assertThat(report.groups()).containsExactly(List.of("A", "B", "C"));
            assertThat(notes(report)).last().isEqualTo("this node serves");
          });
    }
    assertThat(nodes.expelled).isEmpty();
  }

  /** C has its quorum all the time: A hears it. */
  @Test
  void whoReachesAnotherThroughTheThirdOnlyStopsServingUntilTheLinkWorks() {
    WatchedNodes nodes = started(OFTEN);
    nodes.broken.addAll(B_FROM_C);
    eventually(
        () -> {
          assertThat(nodes.lease('C').reason())
              .isEqualTo("reaches some nodes through others only; [A, B] goes on");
          assertThat(nodes.expelled)
              .containsExactlyInAnyOrder("A expels C", "B expels C", "C expels C");
          assertThat(nodes.watch('C').lastReport().verdict()).isEqualTo("quarantined");
          assertThat(nodes.watch('A').lastReport().verdict()).isEqualTo("goes_on");
        });
    assertThat(nodes.lease('A').isOpen()).isTrue();
    assertThat(nodes.lease('B').isOpen()).isTrue();
    nodes.broken.clear();
    eventually(
        () -> {
          assertThat(nodes.lease('C').isOpen()).isTrue();
          assertThat(notes(nodes.watch('C').lastReport())).last().isEqualTo("this node serves");
        });
  }

  @Test
  void anOperatorStopsAllOfTheSideThatIsNotToGoOn() {
    WatchedNodes nodes = started(OFTEN);
    nodes.broken.addAll(C_FROM_ALL);
    Resolution dry = await(nodes.watch('A').resolve(SplitBrainStrategy.CONFIGURED_MASTER, true));
    assertThat(dry.applied()).isFalse();
    assertThat(dry.thisSide()).containsExactly("A", "B");
    assertThat(dry.survivors()).containsExactly("C");
    assertThat(nodes.lease('A').isOpen()).isTrue();
    Resolution done = await(nodes.watch('A').resolve(SplitBrainStrategy.CONFIGURED_MASTER, false));
    assertThat(done.applied()).isTrue();
    assertThat(done.verdict()).isEqualTo("quarantined");
    String decision = "an operator resolved by configured_master: [C] goes on";
    assertThat(nodes.lease('A').reason()).as("at once").isEqualTo(decision);
    assertThat(nodes.watch('A').lastReport().why()).as("at once").isEqualTo(decision);
    eventually(() -> assertThat(nodes.lease('B').reason()).as("told by A").isEqualTo(decision));
    nodes.broken.clear();
    eventually(
        () -> {
          assertThat(nodes.lease('A').isOpen()).isTrue();
          assertThat(nodes.lease('B').isOpen()).isTrue();
        });
  }

  @Test
  void whatIsAskedIsAnsweredAsOfNow() {
    WatchedNodes nodes = started(NEVER);
    nodes.broken.addAll(C_FROM_ALL);
    assertThat(await(nodes.watch('A').resolve(SplitBrainStrategy.MAJORITY, true)).survivors())
        .containsExactly("A", "B");
    nodes.broken.clear();
    assertThat(await(nodes.watch('B').report()).detected()).isFalse();
    nodes.broken.addAll(C_FROM_ALL);
    assertThat(await(nodes.watch('B').report()).detected()).isTrue();
    assertThat(nodes.watch('B').lastReport().detected()).as("of the last look").isFalse();
  }

  @Test
  void anotherNodesResolutionIsJudgedAsOfNow() {
    WatchedNodes nodes = started(NEVER);
    nodes.broken.addAll(C_FROM_ALL);
    await(nodes.watch('A').resolve(SplitBrainStrategy.CONFIGURED_MASTER, false));
    eventually(() -> assertThat(nodes.lease('B').reason()).startsWith("an operator"));
  }

  @Test
  void aStrategyWithoutItsSettingIsRefused() {
    WatchedNodes nodes = started(NEVER);
    await(nodes.watch('A').resolve(SplitBrainStrategy.CONFIGURED_MASTER, true));
    PartitionWatch other =
        await(
            PartitionWatch.start(
                vertx,
                nodes.membership('A'),
                nodes.lease('A'),
                TestNodes.config(0, "").cluster(),
                () -> Partitions.Merged.NOTHING,
                Clock.SYSTEM));
    assertThatThrownBy(() -> await(other.resolve(SplitBrainStrategy.CONFIGURED_MASTER, true)))
        .hasMessageContaining("expected: cluster.masterNode");
  }

  @Test
  void whoGoesAndComesIsReported() {
    WatchedNodes nodes = started(NEVER);
    nodes.gone('A', 'B', Departure.UNREACHABLE);
    nodes.gone('A', 'C', Departure.LEFT);
    nodes.tell('A', listener -> listener.provenDead(WatchedNodes.member(node('B'))));
    nodes.tell('A', listener -> listener.rejoined(nodes.view()));
    nodes.tell('A', listener -> listener.joined(nodes.view(), WatchedNodes.member(node('C'))));
    Report report = await(nodes.watch('A').report());
    assertThat(report.gone()).extracting(Gone::node, Gone::how).containsExactly(tuple("B", "died"));
    assertThat(notes(report))
        .endsWith(
            "B is gone: unreachable",
            "C is gone: left",
            "B is gone: died",
            "joined the cluster again: [A, B, C]; starts afresh",
            "C is back");
  }

  @Test
  void aWatchThatIsClosedLooksNoMore() {
    WatchedNodes nodes = started(OFTEN);
    for (char letter : new char[] {'A', 'B', 'C'}) {
      await(nodes.watch(letter).close());
    }
    int before = nodes.looks.get();
    Promise<Void> later = Promise.promise();
    vertx.setTimer(OFTEN.toMillis() * 5, id -> later.complete());
    await(later.future());
    assertThat(nodes.looks).hasValue(before);
  }
}
