package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one bus, and one node with itself. */
class BusRpcTest {

  record Ask(String what) implements WireMessage {}

  record Told(String what) implements WireMessage {}

  private static final Contract V1 = Contract.of("test", 1, Ask.class, Told.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final NodeId self = new NodeId("n1", 1);
  private final NodeId gone = new NodeId("n3", 1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private BusRpc rpc;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    rpc = new BusRpc(vertx, self, Clock.SYSTEM, 2, meters);
    rpc.start().await();
  }

  @AfterEach
  void stop() {
    rpc.close().await();
    vertx.close().await();
  }

  @Test
  void aRequestToTheNodeItselfIsAnswered() {
    serveEcho();
    assertThat(rpc.ask(self, V1, new Ask("a"), SECOND).await()).isEqualTo(new Told("a"));
  }

  @Test
  void theAnswerComesOnTheCallersContext() {
    serveEcho();
    AtomicReference<Boolean> same = new AtomicReference<>();
    vertx.runOnContext(
        v -> {
          var mine = Vertx.currentContext();
          rpc.ask(self, V1, new Ask("a"), SECOND)
              .onSuccess(reply -> same.set(Vertx.currentContext() == mine));
        });
    Awaitility.await().untilAsserted(() -> assertThat(same.get()).isTrue());
  }

  @Test
  void aRequestToANodeThatIsNoMemberIsNotSent() {
    assertThat(failure(rpc.ask(gone, V1, new Ask("a"), SECOND))).isEqualTo(Failure.NODE_DOWN);
  }

  @Test
  void aRequestThatNobodyServesIsNotExecuted() {
    assertThat(failure(rpc.ask(self, V1, new Ask("a"), SECOND))).isEqualTo(Failure.NODE_DOWN);
    rpc.members(gone::equals);
    assertThat(failure(rpc.ask(gone, V1, new Ask("a"), SECOND))).isEqualTo(Failure.NODE_DOWN);
  }

  @Test
  void aRequestWithoutAnAnswerInTimeIsIndeterminate() {
    rpc.serve(V1, incoming -> {}).await();
    long begun = Clock.SYSTEM.nanos();
    assertThat(failure(rpc.ask(self, V1, new Ask("a"), Duration.ofMillis(200))))
        .isEqualTo(Failure.INDETERMINATE);
    assertThat(Clock.SYSTEM.nanos() - begun)
        .isBetween(TimeUnit.MILLISECONDS.toNanos(200), TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void moreThanTheBoundIsRefusedAndCounted() {
    rpc.serve(V1, incoming -> {}).await();
    rpc.ask(self, V1, new Ask("a"), SECOND);
    rpc.ask(self, V1, new Ask("b"), SECOND);
    assertThat(failure(rpc.ask(self, V1, new Ask("c"), SECOND))).isEqualTo(Failure.OVERLOADED);
    assertThat(meters.counter("mcp.wire.refused").count()).isEqualTo(1);
    // After their time the places are free again.
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(failure(rpc.ask(self, V1, new Ask("d"), Duration.ofMillis(50))))
                    .isEqualTo(Failure.INDETERMINATE));
  }

  @Test
  void aFailureKeepsItsReason() {
    rpc.serve(V1, incoming -> incoming.fail(WireException.notOwner(gone, 5))).await();
    Throwable cause = cause(rpc.ask(self, V1, new Ask("a"), SECOND));
    assertThat(((WireException) cause).owner()).isEqualTo(gone);
    assertThat(((WireException) cause).epoch()).isEqualTo(5);
  }

  @Test
  void aHandlerThatThrowsAnswersInternal() {
    rpc.serve(
            V1,
            incoming -> {
              throw new IllegalStateException("broken");
            })
        .await();
    assertThat(failure(rpc.ask(self, V1, new Ask("a"), SECOND))).isEqualTo(Failure.INTERNAL);
  }

  @Test
  void eventsComeInOrderAheadOfTheReply() {
    rpc.serve(V1, incoming -> sendEvents(incoming, 0, 1000)).await();
    List<String> events = new CopyOnWriteArrayList<>();
    WireMessage reply =
        rpc.open(
                self,
                V1,
                new Ask("a"),
                Duration.ofSeconds(10),
                event -> events.add(((Told) event).what()))
            .reply()
            .await();
    assertThat(reply).isEqualTo(new Told("end"));
    assertThat(events).hasSize(1000).startsWith("0", "1").endsWith("998", "999");
  }

  @Test
  void anAskerThatStopsTakingEventsStopsTheSender() {
    List<Future<Void>> rooms = new CopyOnWriteArrayList<>();
    rpc.serve(
            V1,
            incoming -> {
              for (int i = 0; i < 200; i++) {
                rooms.add(incoming.event(new Told("e" + i)));
              }
            })
        .await();
    Vertx other = Vertx.vertx();
    try {
      // The asker's context is blocked: nothing is consumed.
      other.runOnContext(
          v ->
              rpc.open(
                  self,
                  V1,
                  new Ask("a"),
                  SECOND,
                  event ->
                      Awaitility.await()
                          .until(() -> rooms.size() == 200 && rooms.get(199).isComplete())));
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(rooms).hasSize(200);
                assertThat(rooms.get(199).cause()).isInstanceOf(WireException.class);
              });
      assertThat(rooms.stream().filter(Future::failed).count()).isBetween(8L, 136L);
    } finally {
      other.close().await();
    }
  }

  @Test
  void aFurtherMessageReachesTheHandlerOfItsRequest() {
    rpc.serve(V1, incoming -> incoming.onMessage(incoming::reply)).await();
    Rpc.Exchange exchange = rpc.open(self, V1, new Ask("a"), SECOND, event -> {});
    exchange.send(new Told("stop"));
    assertThat(exchange.reply().await()).isEqualTo(new Told("stop"));
  }

  @Test
  void requestsOpenToANodeThatLeftFailAtOnce() {
    NodeId n2 = new NodeId("n2", 1);
    rpc.members(n2::equals);
    List<Object> arrived = new CopyOnWriteArrayList<>();
    vertx.eventBus().consumer(V1.address(n2), message -> arrived.add(message)).completion().await();
    Future<WireMessage> open = rpc.ask(n2, V1, new Ask("a"), Duration.ofMinutes(15));
    Awaitility.await().until(() -> !arrived.isEmpty());
    rpc.members(id -> false);
    rpc.peerGone(n2);
    assertThat(failure(open)).isEqualTo(Failure.INDETERMINATE);
    assertThat(failure(rpc.ask(n2, V1, new Ask("a"), SECOND))).isEqualTo(Failure.NODE_DOWN);
  }

  @Test
  void aRequestThatGotLostIsFoundByTheAudit() {
    // Served by nobody who knows of it: the frame is swallowed, its peer's control answers.
    NodeId n2 = new NodeId("n2", 1);
    rpc.members(n2::equals);
    vertx.eventBus().consumer(V1.address(n2), message -> {}).completion().await();
    vertx
        .eventBus()
        .<Frame>consumer(
            Control.address(n2),
            message -> {
              Frame.Audit audit = (Frame.Audit) message.body();
              int[] unknown = new int[audit.ids().length];
              Arrays.fill(unknown, -1);
              vertx
                  .eventBus()
                  .send(
                      Lane.address(audit.from(), audit.lane()),
                      new Frame.Audited(audit.ids(), unknown),
                      new DeliveryOptions().setCodecName(FrameCodec.NAME));
            })
        .completion()
        .await();
    long begun = Clock.SYSTEM.nanos();
    assertThat(failure(rpc.ask(n2, V1, new Ask("a"), Duration.ofMinutes(15))))
        .isEqualTo(Failure.INDETERMINATE);
    assertThat(Clock.SYSTEM.nanos() - begun).isLessThan(TimeUnit.SECONDS.toNanos(8));
    assertThat(meters.counter("mcp.wire.lost").count()).isEqualTo(1);
  }

  @Test
  void aRequestThatRunsLongIsNotTakenForLost() {
    rpc.serve(V1, incoming -> vertx.setTimer(4500, id -> incoming.reply(new Told("late but here"))))
        .await();
    assertThat(rpc.ask(self, V1, new Ask("a"), Duration.ofMinutes(15)).await())
        .isEqualTo(new Told("late but here"));
  }

  @Test
  void aRequestThatArrivesAfterItsDeadlineIsNotExecuted() {
    NodeId n2 = new NodeId("n2", 1);
    rpc.members(n2::equals);
    List<Rpc.Incoming> executed = new CopyOnWriteArrayList<>();
    rpc.serve(V1, executed::add).await();
    List<Frame> answers = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<Frame>consumer(Lane.address(n2, 0), message -> answers.add(message.body()))
        .completion()
        .await();
    WireCodec codec = WireCodec.of(V1);
    long now = TimeUnit.NANOSECONDS.toMillis(Clock.SYSTEM.nanos());
    send(new Frame.Tell(n2, now, Body.of(codec, new Ask("in time"))));
    send(new Frame.Request(n2, 0x100, now - 13_000, 5_000, Body.of(codec, new Ask("zombie"))));
    Awaitility.await().until(() -> !answers.isEmpty());
    assertThat(((Frame.Failed) answers.get(0)).failure()).isEqualTo(Failure.LATE);
    assertThat(executed).extracting(Rpc.Incoming::message).containsExactly(new Ask("in time"));
    assertThat(meters.counter("mcp.wire.late").count()).isEqualTo(1);
  }

  private void send(Frame frame) {
    vertx
        .eventBus()
        .send(V1.address(self), frame, new DeliveryOptions().setCodecName(FrameCodec.NAME));
  }

  private void serveEcho() {
    rpc.serve(V1, incoming -> incoming.reply(new Told(((Ask) incoming.message()).what()))).await();
  }

  private static void sendEvents(Rpc.Incoming incoming, int from, int to) {
    if (from == to) {
      incoming.reply(new Told("end"));
    } else {
      incoming
          .event(new Told(Integer.toString(from)))
          .onSuccess(v -> sendEvents(incoming, from + 1, to));
    }
  }

  private static Failure failure(Future<?> future) {
    return ((WireException) cause(future)).failure();
  }

  private static Throwable cause(Future<?> future) {
    List<Throwable> causes = new ArrayList<>();
    try {
      future.await();
    } catch (WireException | CompletionException e) {
      causes.add(e);
    }
    assertThat(causes).hasSize(1);
    return causes.get(0);
  }
}
