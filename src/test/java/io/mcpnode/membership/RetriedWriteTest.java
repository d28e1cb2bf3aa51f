package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.IndeterminateOperationStateException;
import io.vertx.core.Completable;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriedWriteTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<Completable<Void>> writes = new CopyOnWriteArrayList<>();
  private final Promise<Void> done = Promise.promise();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void submit() {
    new RetriedWrite(vertx, writes::add, done).submit();
  }

  private void awaitTries(int tries) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> writes.size() == tries);
  }

  @Test
  void whatIsWrittenAtOnceIsWrittenOnce() {
    submit();
    writes.get(0).succeed();
    assertThat(done.future().succeeded()).isTrue();
    assertThat(writes).hasSize(1);
  }

  @Test
  void whatTakesLongIsWrittenAgainAndTheFirstSuccessCounts() {
    submit();
    awaitTries(2);
    assertThat(done.future().isComplete()).isFalse();
    writes.get(1).succeed();
    assertThat(done.future().succeeded()).isTrue();
    writes.get(0).fail(new IndeterminateOperationStateException("late"));
    assertThat(done.future().succeeded()).isTrue();
  }

  @Test
  void anUnclearOutcomeIsNotTheEnd() {
    submit();
    writes.get(0).fail(new IndeterminateOperationStateException("a copy is missing"));
    assertThat(done.future().isComplete()).isFalse();
    awaitTries(2);
    writes.get(1).succeed();
    assertThat(done.future().succeeded()).isTrue();
  }

  @Test
  void afterTheLastTryTheReasonIsTold() {
    submit();
    awaitTries(RetriedWrite.MAX_TRIES);
    writes.forEach(it -> it.fail(new IndeterminateOperationStateException("a copy is missing")));
    assertThat(done.future().cause()).hasMessage("a copy is missing");
  }

  @Test
  void anyOtherFailureIsToldAtOnce() {
    submit();
    writes.get(0).fail("the cluster is closed");
    assertThat(done.future().cause()).hasMessage("the cluster is closed");
    assertThat(writes).hasSize(1);
  }
}
