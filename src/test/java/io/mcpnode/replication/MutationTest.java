package io.mcpnode.replication;

import static io.mcpnode.replication.Records.A;
import static io.mcpnode.replication.Records.B;
import static io.mcpnode.replication.Records.stored;
import static io.mcpnode.replication.Records.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.replication.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutationTest {

  private final Stored fresh = stored(A, 1);

  @Test
  void theOwnerWritesUnderItsEpoch() {
    Verdict verdict = write(1, 1, "7", 2).on(fresh);
    assertThat(verdict.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(verdict.stored().record("k").contents().values()).containsEntry("v", "7");
    assertThat(verdict.stored().version()).isEqualTo(1);
  }

  @Test
  void aFormerOwnerIsRefusedAndToldWhoOwnsIt() {
    Stored claimed = new Mutation.Claim(1, B, List.of(), 2).on(fresh).stored();
    Verdict verdict = write(1, 1, "7", 3).on(claimed);
    assertThat(verdict.outcome()).isEqualTo(Outcome.STALE);
    assertThat(verdict.stored().owner()).isEqualTo(B);
    assertThat(verdict.stored().epoch()).isEqualTo(2);
  }

  @Test
  void ofTwoClaimsOfOneEpochOnlyTheFirstWins() {
    Stored first = new Mutation.Claim(1, A, List.of(), 2).on(fresh).stored();
    Verdict second = new Mutation.Claim(1, B, List.of(), 3).on(first);
    assertThat(second.outcome()).isEqualTo(Outcome.STALE);
    assertThat(second.stored().owner()).isEqualTo(A);
  }

  @Test
  void whatLostAllItsCopiesIsRestoredAndNothingElse() {
    Mutation restore = new Mutation.Restore(stored(A, 9));
    assertThat(restore.on(null).outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(restore.on(restore.on(null).stored()).outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(restore.on(fresh).outcome()).isEqualTo(Outcome.STALE);
    Stored ended = new Mutation.End(1, Long.MAX_VALUE, 4).on(fresh).stored();
    assertThat(restore.on(ended).outcome()).isEqualTo(Outcome.GONE);
  }

  @Test
  void everyMutationMadeTwiceHappensOnce() {
    for (Mutation mutation :
        List.of(
            new Mutation.Create(stored(A, 9)),
            write(1, 1, "7", 9),
            new Mutation.Claim(1, B, List.of(), 9),
            new Mutation.End(1, Long.MAX_VALUE, 9))) {
      Verdict once = mutation.on(mutation instanceof Mutation.Create ? null : fresh);
      Verdict twice = mutation.on(once.stored());
      assertThat(twice).as(mutation.toString()).isEqualTo(once);
      assertThat(twice.outcome()).isEqualTo(Outcome.APPLIED);
    }
  }

  @Test
  void nothingWritesToATombstone() {
    Stored ended = new Mutation.End(1, Long.MAX_VALUE, 2).on(fresh).stored();
    assertThat(ended.ended()).isTrue();
    for (Mutation mutation :
        List.of(
            write(1, 1, "7", 3),
            new Mutation.Claim(1, B, List.of(), 3),
            new Mutation.End(1, Long.MAX_VALUE, 3),
            new Mutation.Touch(1, 5_000),
            new Mutation.Confirm())) {
      assertThat(mutation.on(ended).outcome()).as(mutation.toString()).isEqualTo(Outcome.GONE);
    }
  }

  @Test
  void aKeyThatMayBeUsedAgainIsTakenOnceAndUnderTheNextEpochAfterItsEnd() {
    Mutation first = new Mutation.Recreate(stored(A, 5));
    Mutation second = new Mutation.Recreate(stored(B, 6));
    Stored taken = first.on(null).stored();
    assertThat(taken.epoch()).isEqualTo(1);
    assertThat(first.on(taken).outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(second.on(taken).outcome()).isEqualTo(Outcome.STALE);
    Stored ended = new Mutation.End(1, Long.MAX_VALUE, 7).on(taken).stored();
    Stored again = second.on(ended).stored();
    assertThat(again.owner()).isEqualTo(B);
    assertThat(again.epoch()).isEqualTo(2);
    assertThat(again.ended()).isFalse();
    assertThat(second.on(again)).isEqualTo(second.on(ended));
    assertThat(EpochMergePolicy.wins(again, ended)).isTrue();
  }

  @Test
  void aRecordUsedMeanwhileDoesNotExpire() {
    Stored used = new Mutation.Touch(1, 5_000).on(fresh).stored();
    assertThat(new Mutation.End(1, 1_000, 2).on(used).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void aTouchNeverGoesBack() {
    Stored used = new Mutation.Touch(1, 5_000).on(fresh).stored();
    assertThat(new Mutation.Touch(1, 4_000).on(used).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void anOlderVersionOfTheSameEpochIsRefused() {
    Stored written = write(1, 2, "7", 2).on(fresh).stored();
    assertThat(write(1, 1, "6", 3).on(written).outcome()).isEqualTo(Outcome.STALE);
  }
}
