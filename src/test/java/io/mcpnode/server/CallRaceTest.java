package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a tool, its progress and its cancellation, all at once on several threads. */
class CallRaceTest {

  private static final int ROUNDS = 2_000;

  @Test
  void exactlyOneAnswerAndNothingAfterIt() throws Exception {
    Rig rig = new Rig();
    String session = rig.open("2025-11-25");
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
    String call = Rig.call(1, "wait", "{},'_meta':{'progressToken':'t'}");
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      int cancelled = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Counting client = new Counting();
        rig.node.message(Rig.request(session, call, MultiMap.caseInsensitiveMultiMap()), client);
        Promise<ToolOutcome> tool = rig.waiting.remove(0);
        var context = rig.contexts.remove(0);
        CyclicBarrier start = new CyclicBarrier(3);
        var done =
            threads.submit(
                () -> {
                  start.await();
                  return tool.tryComplete(ToolOutcome.text("x"));
                });
        var progress =
            threads.submit(
                () -> {
                  start.await();
                  context.progress(1, 1, "x");
                  return null;
                });
        var gone =
            threads.submit(
                () -> {
                  start.await();
                  rig.post(session, cancel);
                  return null;
                });
        done.get(10, TimeUnit.SECONDS);
        progress.get(10, TimeUnit.SECONDS);
        gone.get(10, TimeUnit.SECONDS);
        assertThat(rig.node.runningCalls()).isZero();
        assertThat(client.ends).as("round %d", round).hasValue(1);
        assertThat(client.late).as("round %d", round).hasValue(0);
        cancelled += context.isCancelled() ? 1 : 0;
      }
      assertThat(cancelled).as("both outcomes were seen").isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  private static final class Counting implements ClientReply {
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    @Override
    public Future<Void> event(Buffer message) {
      late.addAndGet(ends.get());
      return Future.succeededFuture();
    }

    @Override
    public void end(Answer answer) {
      ends.incrementAndGet();
    }

    @Override
    public void onClientGone(Runnable action) {}
  }
}
