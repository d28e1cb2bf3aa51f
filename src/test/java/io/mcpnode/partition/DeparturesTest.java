package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

public class DeparturesTest {

  private static final NodeId DEAD = new NodeId("n2", 1);
  private static final View WITHOUT = view(new NodeId("n1", 1));

  private boolean current = true;
  private final Departures departures = new Departures(() -> current);

  public static View view(NodeId... ids) {
    return new View(
        1, List.of(ids).stream().map(id -> new Member(id, "127.0.0.1", 5701, "1", 0)).toList());
  }

  @Test
  void aProvenDeathIsClaimableAtOnce() {
    departures.gone(DEAD, Departure.DIED, 100);
    assertThat(departures.claimable(DEAD, WITHOUT, 100)).isTrue();
  }

  @Test
  void aNodeThatLeftIsClaimableAtOnce() {
    departures.gone(DEAD, Departure.LEFT, 100);
    assertThat(departures.claimable(DEAD, WITHOUT, 100)).isTrue();
  }

  @Test
  void anUnreachableNodeIsClaimableOnlyAfterItsLeaseHasRunOut() {
    departures.gone(DEAD, Departure.UNREACHABLE, 100);
    assertThat(departures.claimable(DEAD, WITHOUT, 100 + Departures.WAIT_NANOS - 1)).isFalse();
    assertThat(departures.claimable(DEAD, WITHOUT, 100 + Departures.WAIT_NANOS)).isTrue();
  }

  @Test
  void anOwnerNobodyRemembersIsWaitedForFromTheFirstLook() {
    assertThat(departures.claimable(DEAD, WITHOUT, 100)).isFalse();
    assertThat(departures.claimable(DEAD, WITHOUT, 100 + Departures.WAIT_NANOS)).isTrue();
  }

  @Test
  void aLaterIncarnationProvesTheFormerOneDead() {
    assertThat(departures.claimable(DEAD, view(new NodeId("n2", 2)), 100)).isTrue();
  }

  @Test
  void nothingIsClaimableWhileItsLastCopyMayBeOutOfReach() {
    departures.gone(DEAD, Departure.UNREACHABLE, 100);
    current = false;
    assertThat(departures.claimable(DEAD, WITHOUT, 100 + Departures.WAIT_NANOS)).isFalse();
    current = true;
    assertThat(departures.claimable(DEAD, WITHOUT, 100 + Departures.WAIT_NANOS)).isTrue();
  }

  @Test
  void aMemberIsNeverClaimable() {
    departures.gone(DEAD, Departure.DIED, 100);
    assertThat(departures.claimable(DEAD, view(DEAD), Long.MAX_VALUE / 2)).isFalse();
  }
}
