package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three nodes that tell each other whom they count; a lease is 2500 long. */
class PollTest {

  private static final long LEASE = 2500;
  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 2);
  private static final NodeId N3 = new NodeId("n3", 3);
  private static final List<NodeId> ALL = List.of(N1, N2, N3);

  private final Poll n1 = poll(N1, ALL);
  private final Poll n2 = poll(N2, ALL);

  private static Poll poll(NodeId self, List<NodeId> committed) {
    return new Poll(
        self,
        new Sides(SplitBrainStrategy.MAJORITY, ""),
        LEASE,
        new Electorate(Set.copyOf(committed), Set.of(), Set.of()));
  }

  /** A vote that arrives at once. */
  private static void send(NodeId from, Poll sender, NodeId to, Poll receiver, long now) {
    receiver.receive(from, sender.ballot(to, now), node -> true, false, now);
  }

  @Test
  void aVoteRenewsTheLeaseAsOfTheMomentThatItEchoes() {
    send(N1, n1, N2, n2, 1000);
    assertThat(n1.term(1000).isOpen(1000)).as("nobody has heard it").isFalse();
    PartitionProtocol.Vote late = n2.ballot(N1, 1300);
    n1.receive(N2, late, node -> true, false, 3000);
    LeaseTerm term = n1.term(3000);
    assertThat(term.isOpen(3499)).isTrue();
    assertThat(term.isOpen(3500)).as("2500 after 1000, however late the vote").isFalse();
    assertThat(n1.missing(3000)).containsExactly(N3);
  }

  @Test
  void whatIsLackingIsNamed() {
    assertThat(n1.shortfall(List.of(N1), 1000))
        .isEqualTo("not heard: [n2#2, n3#3] of [n1#1, n2#2, n3#3]");
    Poll withoutMaster =
        new Poll(
            N1,
            new Sides(SplitBrainStrategy.CONFIGURED_MASTER, "n4"),
            LEASE,
            new Electorate(Set.of(N1, N2), Set.of(), Set.of()));
    assertThat(withoutMaster.shortfall(List.of(N1, N2), 1000))
        .isEqualTo("cluster.masterNode \"n4\" is none of [n1#1, n2#2]");
    send(N1, n1, N2, n2, 1000);
    send(N2, n2, N1, n1, 1000);
    n1.change(all -> all.without(N3));
    n2.change(all -> all.without(N3));
    send(N2, n2, N1, n1, 1100);
    assertThat(n1.shortfall(List.of(N1), 1100)).isEqualTo("the members are [n1#1] of [n1#1, n2#2]");
  }

  @Test
  void afterSomebodyWentOnlyAnswersToLaterBallotsCount() {
    send(N1, n1, N2, n2, 1000);
    send(N2, n2, N1, n1, 1100);
    assertThat(n1.term(1100).isOpen(1100)).isTrue();
    n1.startOver(1200);
    assertThat(n1.term(1200)).isEqualTo(LeaseTerm.NONE);
    send(N2, n2, N1, n1, 1300);
    assertThat(n1.term(1300)).as("it answers what was said before").isEqualTo(LeaseTerm.NONE);
    send(N1, n1, N2, n2, 1400);
    send(N2, n2, N1, n1, 1500);
    assertThat(n1.term(1500).isOpen(3899)).isTrue();
    assertThat(n1.term(1500).isOpen(3900)).isFalse();
  }

  @Test
  void aVoteWithoutAnEchoRenewsNothing() {
    send(N2, n2, N1, n1, 1000);
    assertThat(n1.term(1000)).isEqualTo(LeaseTerm.NONE);
    assertThat(n1.missing(1000)).containsExactly(N2, N3);
  }

  @Test
  void aVoteOfOneThatCountsOthersRenewsNothing() {
    Poll other = poll(N2, List.of(N2, N3));
    send(N1, n1, N2, n2, 1000);
    other.receive(N1, n1.ballot(N2, 1000), node -> false, false, 1000);
    Poll stranger = poll(N2, List.of(N2));
    stranger.receive(N1, poll(N1, List.of(N1)).ballot(N2, 1000), node -> true, false, 1000);
    n1.receive(N2, stranger.ballot(N1, 1100), node -> true, false, 1100);
    assertThat(n1.term(1100)).isEqualTo(LeaseTerm.NONE);
  }

  @Test
  void whoeverIsNewHasALeasesLengthToHearAnOpenNode() {
    Poll alone = poll(N1, List.of(N1));
    Poll joiner =
        new Poll(
            N2, new Sides(SplitBrainStrategy.MAJORITY, ""), LEASE, Electorate.joiner(List.of(N1)));
    joiner.change(known -> known.joined(N2));
    assertThat(alone.term(0).kind()).isEqualTo(LeaseTerm.Kind.FOREVER);
    alone.receive(N2, joiner.ballot(N1, 1000), node -> true, true, 1000);
    LeaseTerm term = alone.term(1000);
    assertThat(alone.electorate().all()).containsExactly(N1, N2);
    assertThat(term.isOpen(3499)).isTrue();
  }

  @Test
  void theVotesOfOneThatEndedDoNotCount() {
    send(N1, n1, N2, n2, 1000);
    send(N2, n2, N1, n1, 1000);
    assertThat(n1.term(1000).isOpen(1000)).isTrue();
    n1.ended(N2);
    assertThat(n1.term(1000)).isEqualTo(LeaseTerm.NONE);
  }
}
