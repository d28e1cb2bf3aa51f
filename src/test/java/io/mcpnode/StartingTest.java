package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StartingTest {

  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final Starting starting = new Starting(stop);
  private final Promise<String> step = Promise.promise();

  @Test
  void aStepThatIsDoneIsReturned() throws StartException {
    assertThat(starting.await(Future.succeededFuture("done"))).isEqualTo("done");
  }

  @Test
  void aStepThatFailsTellsWhy() {
    IllegalStateException reason = new IllegalStateException("no");
    assertThatThrownBy(() -> starting.await(Future.failedFuture(reason)))
        .isInstanceOf(CompletionException.class)
        .hasCause(reason);
  }

  @Test
  void aStartThatIsGivenUpWaitsForNothing() {
    CompletableFuture<String> result = await(Duration.ZERO);
    assertThat(result).isNotDone();
    stop.complete(null);
    assertThat(result)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(Exception.class)
        .havingRootCause()
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OK));
  }

  @Test
  void whatHasToBeUndoneIsWaitedForAWhile() {
    CompletableFuture<String> result = await(Duration.ofSeconds(30));
    stop.complete(null);
    step.complete("joined");
    assertThat(result).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("joined");
  }

  @Test
  void butNotForEver() {
    CompletableFuture<String> result = await(Duration.ofMillis(1));
    stop.complete(null);
    assertThat(result).failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aStepThatBlocksIsDoneElsewhere() throws StartException {
    assertThat(starting.call(() -> Thread.currentThread().isDaemon())).isTrue();
    IllegalStateException reason = new IllegalStateException("no");
    assertThatThrownBy(
            () ->
                starting.call(
                    () -> {
                      throw reason;
                    }))
        .isInstanceOf(CompletionException.class)
        .hasCause(reason);
  }

  @Test
  void aStepThatBlocksForEverIsLeftToItself() {
    stop.complete(null);
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThatThrownBy(() -> starting.call(never::join))
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OK));
  }

  private CompletableFuture<String> await(Duration patience) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return starting.await(step.future(), patience);
          } catch (StartException e) {
            throw new CompletionException(e);
          }
        });
  }
}
