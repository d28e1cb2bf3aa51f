package io.mcpnode.replication;

import static io.mcpnode.replication.Records.A;
import static io.mcpnode.replication.Records.B;
import static io.mcpnode.replication.Records.stored;
import static io.mcpnode.replication.Records.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochMergePolicyTest {

  private final Stored fresh = stored(A, 1);
  private final Stored written = write(1, 1, "7", 2).on(fresh).stored();
  private final Stored claimed = new Mutation.Claim(1, B, List.of(), 3).on(fresh).stored();
  private final Stored ended = new Mutation.End(1, Long.MAX_VALUE, 4).on(written).stored();
  private final Stored endedLater = new Mutation.End(2, Long.MAX_VALUE, 5).on(claimed).stored();

  /** From the one that loses against all to the one that wins against all. */
  private final List<Stored> ranked = List.of(fresh, written, ended, claimed, endedLater);

  @Test
  void theSameOneWinsWhicheverSideItComesFrom() {
    for (int i = 0; i < ranked.size(); i++) {
      for (int j = 0; j < ranked.size(); j++) {
        assertThat(EpochMergePolicy.wins(ranked.get(i), ranked.get(j)))
            .as("%d against %d", i, j)
            .isEqualTo(i > j);
      }
    }
  }
}
