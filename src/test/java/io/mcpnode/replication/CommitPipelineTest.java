package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.AnotherThread;
import io.mcpnode.state.Contents;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CommitPipelineTest {

  private final SlowStore store = new SlowStore();
  private final List<WireException> lost = new ArrayList<>();
  private final AtomicLong operations = new AtomicLong(100);
  private final CommitPipeline pipeline =
      new CommitPipeline(
          store,
          Records.stored(Records.A, 1).record("k"),
          operations::incrementAndGet,
          1_000,
          lost::add);

  private static UnaryOperator<Contents> set(String value) {
    return contents -> contents.with("v", value);
  }

  @Test
  void aChangeIsSeenAtOnceAndCopiedLater() {
    long version = pipeline.change(set("1"), 5).version();
    Future<Void> copied = pipeline.copied(version);
    assertThat(pipeline.record().contents().values()).containsEntry("v", "1");
    assertThat(copied.isComplete()).isFalse();
    store.applied();
    assertThat(copied.succeeded()).isTrue();
  }

  @Test
  void changesThatComeFasterThanCopiesShareOneWrite() {
    List<Future<Void>> copied = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      copied.add(pipeline.copied(pipeline.change(set(Integer.toString(i)), 5).version()));
    }
    store.applied();
    assertThat(copied.get(0).succeeded()).isTrue();
    assertThat(copied.get(1).isComplete()).isFalse();
    store.applied();
    assertThat(copied).allMatch(Future::succeeded);
    assertThat(store.writes).isEqualTo(2);
  }

  @Test
  void aReadWaitsForTheChangeItSaw() {
    pipeline.change(set("1"), 5);
    Future<Void> read = pipeline.copied(pipeline.record().version());
    assertThat(read.isComplete()).isFalse();
    store.applied();
    assertThat(read.succeeded()).isTrue();
  }

  @Test
  void aRefusedWriteFailsEveryAnswerThatWaitedForIt() {
    Future<Void> first = pipeline.copied(pipeline.change(set("1"), 5).version());
    Future<Void> second = pipeline.copied(pipeline.change(set("2"), 5).version());
    store.next(Future.succeededFuture(Verdict.stale(Records.stored(Records.B, 7))));
    assertThat(failure(first)).isEqualTo(Failure.STALE_EPOCH);
    assertThat(failure(second)).isEqualTo(Failure.STALE_EPOCH);
    assertThat(lost).hasSize(1);
    assertThatThrownBy(() -> pipeline.change(set("3"), 5))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("claimed by b#1");
  }

  @Test
  void anUnclearWriteIsNeverASuccess() {
    Future<Void> copied = pipeline.copied(pipeline.change(set("1"), 5).version());
    store.next(Future.failedFuture(new WireException(Failure.INDETERMINATE, "cut off")));
    assertThat(failure(copied)).isEqualTo(Failure.INDETERMINATE);
    assertThat(pipeline.lost()).isNotNull();
  }

  @Test
  void aChangeThatChangesNothingIsNotCopied() {
    assertThat(pipeline.change(contents -> contents, 5).version()).isZero();
    assertThat(store.writes).isZero();
  }

  @Test
  void stateOverTheLimitIsRefusedAndNothingChanges() {
    assertThatThrownBy(() -> pipeline.change(set("x".repeat(1_001)), 5))
        .hasMessageContaining("state: 1002 bytes (expected: <= 1000");
    assertThat(pipeline.record().version()).isZero();
  }

  @Test
  void nothingChangesWhileSealed() {
    pipeline.seal();
    assertThatThrownBy(() -> pipeline.change(set("1"), 5)).hasMessageContaining("handed over");
    pipeline.unseal();
    assertThat(pipeline.change(set("1"), 5).version()).isEqualTo(1);
  }

  private static Failure failure(Future<?> future) {
    assertThat(future.failed()).isTrue();
    return ((WireException) future.cause()).failure();
  }

  /** It is a plugin's, and may wait for something that waits for copies. */
  @Test
  void aSlowFunctionKeepsNothingElseOfTheRecord() {
    long first = pipeline.change(set("1"), 5).version();
    Future<Void> copied = pipeline.copied(first);
    pipeline.change(
        contents -> {
          assertThat(AnotherThread.can(store::applied)).isTrue();
          assertThat(copied.succeeded()).isTrue();
          return contents.with("v", "2");
        },
        5);
    assertThat(pipeline.record().contents().values()).containsEntry("v", "2");
    assertThat(pipeline.record().version()).isEqualTo(first + 1);
  }

  @Test
  void aChangeThatASealOvertookIsRefused() {
    assertThatThrownBy(
            () ->
                pipeline.change(
                    contents -> {
                      pipeline.seal();
                      return contents.with("v", "1");
                    },
                    5))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("handed over");
    assertThat(pipeline.record().contents().values()).doesNotContainKey("v");
  }

  @Test
  void aChangeWithinAChangeIsRefusedNotLost() {
    assertThatThrownBy(
            () ->
                pipeline.change(
                    contents -> {
                      pipeline.change(set("inner"), 5);
                      return contents.with("w", "outer");
                    },
                    5))
        .isInstanceOf(IllegalStateException.class);
    assertThat(pipeline.record().contents().values()).doesNotContainKeys("v", "w");
    pipeline.change(set("later"), 5);
  }
}
