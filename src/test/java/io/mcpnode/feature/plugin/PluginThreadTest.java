package io.mcpnode.feature.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PluginThreadTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final CompletableFuture<String> late = new CompletableFuture<>();

  @Test
  void whatTheWorkReturnsIsReturned() throws Exception {
    assertThat(
            PluginThread.run("a.jar", LONG, () -> Thread.currentThread().getName(), late::complete))
        .isEqualTo("plugin a.jar");
    assertThat(late).isNotDone();
  }

  @Test
  void itDoesNotKeepTheProcess() throws Exception {
    boolean daemon =
        PluginThread.run("a.jar", LONG, () -> Thread.currentThread().isDaemon(), done -> {});
    assertThat(daemon).isTrue();
  }

  @Test
  void whatTheWorkThrowsIsTheCause() {
    assertThatIsTheCause(new IOException("no"));
    assertThatIsTheCause(new NoClassDefFoundError("x"));
  }

  private void assertThatIsTheCause(Throwable thrown) {
    Callable<String> work =
        () -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (Exception) thrown;
        };
    assertThatThrownBy(() -> PluginThread.run("a.jar", LONG, work, late::complete))
        .isInstanceOf(ExecutionException.class)
        .hasCause(thrown);
  }

  @Test
  void workThatTakesTooLongIsInterruptedAndItsPlaceIsTold() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(() -> PluginThread.run("a.jar", SHORT, () -> block(never), late::complete))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("not done within 50 ms, at ")
        .hasMessageContaining("PluginThreadTest.block(");
    assertThat(late)
        .as("what it returned after that")
        .succeedsWithin(LONG)
        .isEqualTo("interrupted");
  }

  private static String block(CountDownLatch never) {
    try {
      return never.await(5, TimeUnit.MINUTES) ? "done" : "too late";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  @Test
  void anInterruptThatTheWorkIgnoredDoesNotDisturbWhatComesAfterIt() {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    assertThatThrownBy(
            () ->
                PluginThread.run(
                    "a.jar",
                    SHORT,
                    () -> {
                      while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                      }
                      return "late";
                    },
                    result -> interrupted.complete(Thread.currentThread().isInterrupted())))
        .isInstanceOf(TimeoutException.class);
    assertThat(interrupted).succeedsWithin(LONG).isEqualTo(false);
  }

  @Test
  void workThatNobodyWaitsForAnyMoreIsInterruptedAndWhatItReturnsIsNotLost() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiter =
        Executors.defaultThreadFactory()
            .newThread(
                () -> {
                  try {
                    PluginThread.run(
                        "a.jar",
                        LONG,
                        () -> {
                          begun.countDown();
                          return block(never);
                        },
                        late::complete);
                  } catch (Exception e) {
                    thrown.complete(e);
                  }
                });
    waiter.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    waiter.interrupt();
    assertThat(thrown).succeedsWithin(LONG).isInstanceOf(InterruptedException.class);
    assertThat(late).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("interrupted");
  }
}
