package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.AnotherThread;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile(2);
  private final List<String> ran = new ArrayList<>();

  @Test
  void closingWaitsForThoseInside() {
    assertThat(turnstile.tryEnter()).isTrue();
    Future<Void> empty = turnstile.close();
    assertThat(empty.isComplete()).isFalse();
    assertThat(turnstile.tryEnter()).isFalse();
    turnstile.leave();
    assertThat(empty.succeeded()).isTrue();
  }

  @Test
  void heldRequestsRunInOrderWhenReleased() {
    turnstile.close();
    turnstile.hold(() -> ran.add("first"));
    turnstile.hold(() -> ran.add("second"));
    assertThat(ran).isEmpty();
    turnstile.release();
    assertThat(ran).containsExactly("first", "second");
    assertThat(turnstile.tryEnter()).isTrue();
  }

  @Test
  void noMoreThanTheLimitAreHeld() {
    turnstile.close();
    assertThat(turnstile.hold(() -> ran.add("1"))).isTrue();
    assertThat(turnstile.hold(() -> ran.add("2"))).isTrue();
    assertThat(turnstile.hold(() -> ran.add("3"))).isFalse();
  }

  @Test
  void aRequestThatComesAfterTheReleaseRunsAtOnce() {
    turnstile.close();
    turnstile.release();
    turnstile.hold(() -> ran.add("late"));
    assertThat(ran).containsExactly("late");
  }

  @Test
  void closingTwiceIsRefused() {
    turnstile.close();
    assertThat(turnstile.close().failed()).isTrue();
  }

  @Test
  void nobodyIsInsideOnceItIsEmptyHoweverManyThreadsRace() throws Exception {
    for (int round = 0; round < 200; round++) {
      Turnstile raced = new Turnstile(0);
      AtomicInteger inside = new AtomicInteger();
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  for (int i = 0; i < 50; i++) {
                    if (raced.tryEnter()) {
                      inside.incrementAndGet();
                      inside.decrementAndGet();
                      raced.leave();
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      go.countDown();
      Future<Void> empty = raced.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(empty.succeeded()).isTrue();
      assertThat(raced.inside()).isZero();
      assertThat(inside).hasValue(0);
    }
  }

  /** A move goes on where the last one leaves, with locks of its own. */
  @Test
  void whoeverWaitsForTheLastToLeaveIsToldWithoutTheLock() {
    turnstile.tryEnter();
    List<Boolean> free = new ArrayList<>();
    turnstile
        .close()
        .onComplete(
            empty -> free.add(AnotherThread.can(() -> turnstile.hold(() -> ran.add("held")))));
    turnstile.leave();
    assertThat(free).containsExactly(true);
  }
}
