package io.mcpnode.replication;

import static io.mcpnode.replication.Records.A;
import static io.mcpnode.replication.Records.B;
import static io.mcpnode.replication.Records.stored;
import static io.mcpnode.replication.Records.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.replication.Verdict.Outcome;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskOrder;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store promises. */
abstract class StateStoreContract {

  abstract StateStore store();

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Outcome apply(String key, Mutation mutation) throws Exception {
    return await(store().apply(key, mutation)).outcome();
  }

  @Test
  void givesBackWhatWasStored() throws Exception {
    assertThat(await(store().get("none"))).isNull();
    assertThat(apply("k1", new Mutation.Create(stored(A, 1)))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store().get("k1"))).isEqualTo(stored(A, 1));
  }

  @Test
  void refusesTheFormerOwner() throws Exception {
    apply("k2", new Mutation.Create(stored(A, 1)));
    assertThat(apply("k2", write(1, 1, "1", 2))).isEqualTo(Outcome.APPLIED);
    Verdict claim = await(store().apply("k2", new Mutation.Claim(1, B, List.of("a"), 3)));
    assertThat(claim.stored().owner()).isEqualTo(B);
    assertThat(claim.stored().epoch()).isEqualTo(2);
    assertThat(claim.stored().record("k2").contents().values()).containsEntry("v", "1");
    assertThat(apply("k2", write(1, 2, "2", 4))).isEqualTo(Outcome.STALE);
    assertThat(apply("k2", write(2, 2, "2", 5))).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void anEndedRecordIsGone() throws Exception {
    apply("k3", new Mutation.Create(stored(A, 1)));
    assertThat(apply("k3", new Mutation.End(1, Long.MAX_VALUE, 2))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store().get("k3"))).isNull();
    assertThat(apply("k3", write(1, 1, "1", 3))).isEqualTo(Outcome.GONE);
    assertThat(await(store().list(null, "k2~", 10))).doesNotContainKey("k3");
  }

  @Test
  void aKeyCanBeUsedAgainIfItIsMeantTo() throws Exception {
    assertThat(apply("a1", new Mutation.Recreate(stored(A, 1)))).isEqualTo(Outcome.APPLIED);
    assertThat(apply("a1", new Mutation.Recreate(stored(B, 2)))).isEqualTo(Outcome.STALE);
    apply("a1", new Mutation.End(1, Long.MAX_VALUE, 3));
    assertThat(apply("a1", new Mutation.Recreate(stored(B, 4)))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store().get("a1")).owner()).isEqualTo(B);
  }

  @Test
  void aKeyIsUsedOnce() throws Exception {
    assertThat(apply("u1", new Mutation.Use(1, 1_000))).isEqualTo(Outcome.APPLIED);
    assertThat(apply("u1", new Mutation.Use(2, 2_000))).isEqualTo(Outcome.STALE);
    assertThat(await(store().get("u1"))).as("a mark is no record").isNull();
    assertThat(await(store().list(null, "u", 9))).doesNotContainKey("u1");
  }

  @Test
  void notesManyTouchesAtOnce() throws Exception {
    apply("k4", new Mutation.Create(stored(A, 1)));
    apply("k5", new Mutation.Create(stored(A, 1)));
    await(
        store()
            .touch(Map.of("k4", new Mutation.Touch(1, 7_000), "k5", new Mutation.Touch(9, 7_000))));
    assertThat(await(store().get("k4")).lastAccess()).isEqualTo(7_000);
    assertThat(await(store().get("k5")).lastAccess()).isEqualTo(1_000);
  }

  @Test
  void listsPagesInTheOrderOfKeys() throws Exception {
    for (String key : List.of("p3", "p1", "p2")) {
      apply(key, new Mutation.Create(stored(key.equals("p2") ? B : A, 1)));
    }
    assertThat(await(store().list(null, "p", 2)).keySet()).containsExactly("p1", "p2");
    assertThat(await(store().list("a", "p", 9)).keySet()).containsExactly("p1", "p3");
    assertThat(await(store().list("b", "p", 9)).keySet()).containsExactly("p2");
    assertThat(await(store().list(null, "p2", 9)).keySet()).containsExactly("p3");
  }

  @Test
  void listsWhatOnePrincipalHasOfOneKind() throws Exception {
    for (String key : List.of("T3", "T1", "T2", "S4")) {
      String principal = key.equals("T2") ? "mallory" : "alice";
      Stored stored =
          Stored.created(Kind.TASK, A, 1, principal, 1_000, List.of("b"), Contents.ofHandle());
      apply(key, new Mutation.Create(stored));
    }
    assertThat(await(store().list(Kind.TASK, "alice", "", 9)).keySet()).containsExactly("T1", "T3");
    assertThat(await(store().list(Kind.TASK, "alice", "", 1)).keySet()).containsExactly("T1");
    assertThat(await(store().list(Kind.TASK, "alice", "T1", 9)).keySet()).containsExactly("T3");
    assertThat(await(store().list(Kind.TASK, "nobody", "", 9))).isEmpty();
    apply("T1", new Mutation.End(1, Long.MAX_VALUE, 2));
    assertThat(await(store().list(Kind.TASK, "alice", "", 9)).keySet()).containsExactly("T3");
  }

  @Test
  void aTaskIsKeptUntilItsTimeIsOverWhoeverChangesIt() throws Exception {
    TaskInfo task =
        TaskInfo.created(
            new TaskOrder("t", "{}", "2025-11-25", "{}", null, null, 5_000, null), "a#1", 1_000);
    Stored stored =
        Stored.created(Kind.TASK, A, 1, "carol", 1_000, List.of("b"), Contents.ofTask(task));
    assertThat(stored.expiresAt()).isEqualTo(6_000);
    apply("T9", new Mutation.Create(stored));
    apply("T9", write(1, 1, "1", 2));
    apply("T9", new Mutation.Touch(1, 7_000));
    await(store().apply("T9", new Mutation.Claim(1, B, List.of("a"), 3)));
    assertThat(await(store().get("T9")).expiresAt()).isEqualTo(6_000);
  }
}
