package io.mcpnode.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpnode.call.CallException.Executed;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.SoloMembership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that calls itself: what an operation may do, and what becomes of it. */
class CallOnOneNodeTest {

  private static final int LIMIT = 3;
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Operation.Running> running = new CopyOnWriteArrayList<>();
  private final Promise<Object> later = Promise.promise();
  private Vertx vertx;
  private CallComponent node;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    NodeId self = new NodeId("n1", 1);
    BusRpc rpc = new BusRpc(vertx, self, Clock.SYSTEM, 10, meters);
    rpc.start().await();
    SoloMembership membership = new SoloMembership(new Member(self, "127.0.0.1", 0, "1.0", 0));
    node = new CallComponent(vertx, rpc, membership, Clock.SYSTEM, meters, LIMIT);
    node.start().await();
    node.operations()
        .register(
            "test",
            "later",
            (args, call) -> {
              running.add(call);
              return later.future();
            });
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private ClusterCalls.Pending call(String function, Object... args) {
    return node.calls().call("n1", Invocation.of("test", function, args));
  }

  private void serve(String function, Operation operation) {
    node.operations().register("test", function, operation);
  }

  private static CallException failure(ClusterCalls.Pending call) {
    List<CallException> failures = new ArrayList<>();
    try {
      call.result().await();
    } catch (CallException e) {
      failures.add(e);
    }
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  static Stream<Object> values() {
    return Stream.of(
        true,
        7,
        2.5,
        "text",
        new JsonArray().add(1).addNull(),
        new JsonObject().put("a", new JsonObject().put("b", "c")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void argumentsAndValuesAreJson(Object value) {
    serve("echo", (args, call) -> Future.succeededFuture(args.getValue(0)));
    assertThat(call("echo", value).result().await()).isEqualTo(value);
  }

  @Test
  void nothingIsAValueToo() {
    serve("nothing", (args, call) -> Future.succeededFuture());
    assertThat(call("nothing").result().await()).isNull();
  }

  @Test
  void aLocalValueMeansTheSameAsARemoteOne() {
    Map<String, List<Integer>> mine = Map.of("list", new ArrayList<>(List.of(1)));
    serve("shared", (args, call) -> Future.succeededFuture(mine));
    JsonObject value = (JsonObject) call("shared").result().await();
    value.getJsonArray("list").add(2);
    assertThat(mine.get("list")).containsExactly(1);
    assertThat(call("shared").result().await())
        .isEqualTo(new JsonObject().put("list", new JsonArray().add(1)));
  }

  @Test
  void anOperationSeesItsCallerItsTraceAndItsTime() {
    node.calls()
        .call("n1", new Invocation("test", "later", new JsonArray(), Duration.ofSeconds(9), TRACE));
    Operation.Running call = running.get(0);
    assertThat(call.caller()).isEqualTo("n1");
    assertThat(call.traceparent()).isEqualTo(TRACE);
    assertThat(call.remaining()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
    assertThat(call.isCancelled()).isFalse();
  }

  @Test
  void anUnknownFunctionIsNamedWithThoseThereAre() {
    CallException failure = failure(call("larter"));
    assertThat(failure.error()).isEqualTo(CallError.NO_SUCH_FUNCTION);
    assertThat(failure.executed()).isEqualTo(Executed.NO);
    assertThat(failure).hasMessage("function: test/larter (expected: one of [test/later])");
  }

  @Test
  void anUnknownNodeIsNamedWithThoseThereAre() {
    CallException failure = failure(node.calls().call("n9", Invocation.of("test", "later")));
    assertThat(failure.error()).isEqualTo(CallError.NO_SUCH_NODE);
    assertThat(failure.executed()).isEqualTo(Executed.NO);
    assertThat(failure).hasMessage("node: \"n9\" (expected: one of [n1])");
  }

  @Test
  void whatAnOperationFailsWithIsARemoteError() {
    serve("fails", (args, call) -> Future.failedFuture(new IllegalStateException("no luck")));
    serve(
        "throws",
        (args, call) -> {
          throw new WireException(Failure.NODE_DOWN, "another node is down");
        });
    assertThat(failure(call("fails")).error()).isEqualTo(CallError.REMOTE_ERROR);
    assertThat(failure(call("fails")).executed()).isEqualTo(Executed.YES);
    assertThat(failure(call("fails"))).hasMessage("no luck");
    assertThat(failure(call("throws")).error()).isEqualTo(CallError.REMOTE_ERROR);
  }

  @Test
  void anOperationMayRejectItsArguments() {
    serve("strict", (args, call) -> Future.failedFuture(CallException.rejected("args[0]: 1")));
    assertThat(failure(call("strict", 1)).error()).isEqualTo(CallError.REJECTED);
    assertThat(failure(call("strict", 1)).executed()).isEqualTo(Executed.NO);
  }

  @Test
  void whatIsNotJsonOrTooLargeIsRefusedOnBothWays() {
    serve("strange", (args, call) -> Future.succeededFuture(new Object()));
    serve("large", (args, call) -> Future.succeededFuture("x".repeat(CallJson.MAX_BYTES)));
    assertThat(failure(call("strange")).error()).isEqualTo(CallError.REMOTE_ERROR);
    assertThat(failure(call("large")))
        .hasMessage(
            "value: "
                + (CallJson.MAX_BYTES + 2)
                + " bytes (expected: at most "
                + CallJson.MAX_BYTES
                + ")");
    CallException args = failure(call("later", "x".repeat(CallJson.MAX_BYTES)));
    assertThat(args.error()).isEqualTo(CallError.REJECTED);
    assertThat(args).hasMessageStartingWith("args: ");
    assertThat(running).isEmpty();
  }

  @Test
  void aCallThatTakesTooLongEndsInTimeAndTheOperationFindsOut() {
    List<String> told = new CopyOnWriteArrayList<>();
    Invocation brief = Invocation.of("test", "later").within(Duration.ofMillis(100));
    ClusterCalls.Pending call = node.calls().call("n1", brief);
    running.get(0).onCancel(() -> told.add("cancelled"));
    assertThat(failure(call).error()).isEqualTo(CallError.TIMEOUT);
    assertThat(failure(call).executed()).isEqualTo(Executed.UNKNOWN);
    assertThat(running.get(0).isCancelled()).isTrue();
    assertThat(running.get(0).remaining()).isZero();
    await().untilAsserted(() -> assertThat(told).containsExactly("cancelled"));
    running.get(0).onCancel(() -> told.add("at once"));
    assertThat(told).containsExactly("cancelled", "at once");
  }

  @Test
  void aCancelledCallEndsAtOnceAndTheOperationFindsOut() {
    ClusterCalls.Pending call = call("later");
    call.cancel();
    assertThat(call.result().cause()).isInstanceOf(CancellationException.class);
    assertThat(running.get(0).isCancelled()).isTrue();
    assertThat(meters.timer("mcp.calls", "outcome", "cancelled").count()).isEqualTo(1);
  }

  @Test
  void aCancelAfterTheEndChangesNothing() {
    ClusterCalls.Pending call = call("later");
    later.complete("done");
    call.cancel();
    assertThat(call.result().await()).isEqualTo("done");
    assertThat(running.get(0).isCancelled()).isFalse();
  }

  @Test
  void moreThanTheLimitIsRejectedAndCountedUntilOneEnds() {
    List<ClusterCalls.Pending> calls = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      calls.add(call("later"));
    }
    CallException refusal = failure(call("later"));
    assertThat(refusal.error()).isEqualTo(CallError.REJECTED);
    assertThat(refusal).hasMessage("operations running on this node: 3 (the limit)");
    assertThat(meters.counter("mcp.refused", "limit", "operations").count()).isEqualTo(1);
    assertThat(meters.get("mcp.operations.running").gauge().value()).isEqualTo(LIMIT);
    // A caller that gave up frees no place: its operation still runs.
    calls.get(0).cancel();
    assertThat(failure(call("later")).error()).isEqualTo(CallError.REJECTED);
    later.complete("done");
    assertThat(calls.get(1).result().await()).isEqualTo("done");
    assertThat(call("later").result().await()).isEqualTo("done");
    assertThat(meters.get("mcp.operations.running").gauge().value()).isZero();
  }

  @Test
  void theGaugeStaysWhenMemoryIsCollected() {
    System.gc();
    assertThat(meters.get("mcp.operations.running").gauge().value()).isZero();
  }

  @Test
  void callsOnSeveralNodesAnswerForEach() {
    later.complete(5);
    List<ClusterCalls.Outcome> outcomes =
        node.calls()
            .callEach(List.of("n9", "n1", "n9"), Invocation.of("test", "later"))
            .outcomes()
            .await();
    assertThat(outcomes).extracting(ClusterCalls.Outcome::node).containsExactly("n9", "n1");
    assertThat(((CallException) outcomes.get(0).failure()).error())
        .isEqualTo(CallError.NO_SUCH_NODE);
    assertThat(outcomes.get(1).value()).isEqualTo(5);
    assertThat(outcomes.get(1).failure()).isNull();
    assertThat(node.calls().callEach(List.of(), Invocation.of("test", "later")).outcomes().await())
        .isEmpty();
  }

  @Test
  void outcomesAreCounted() {
    later.complete(1);
    call("later").result().await();
    failure(call("nope"));
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(meters.timer("mcp.calls", "outcome", "ok").count()).isEqualTo(1);
              assertThat(meters.timer("mcp.calls", "outcome", "no_such_function").count())
                  .isEqualTo(1);
            });
  }

  @Test
  void anOperationThatIsTakenBackIsNoMore() {
    Runnable takeBack =
        node.operations().register("test", "guest", (args, call) -> Future.succeededFuture(1));
    assertThat(call("guest").result().await()).isEqualTo(1);
    takeBack.run();
    assertThat(failure(call("guest")).error()).isEqualTo(CallError.NO_SUCH_FUNCTION);
  }

  @Test
  void aNameIsGivenOnce() {
    assertThatThrownBy(() -> serve("later", (args, call) -> Future.succeededFuture()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operation: test/later (expected: one that is not there yet)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä", "*"})
  void strangeNamesAreRefused(String name) {
    assertThatThrownBy(() -> Invocation.of(name, "f")).hasMessageStartingWith("service: \"");
    assertThatThrownBy(() -> Invocation.of("s", name)).hasMessageStartingWith("function: \"");
    assertThatThrownBy(() -> serve(name, (args, call) -> Future.succeededFuture()))
        .hasMessageStartingWith("function: \"");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 600_001})
  void strangeTimesAreRefused(long millis) {
    assertThatThrownBy(() -> Invocation.of("s", "f").within(Duration.ofMillis(millis)))
        .hasMessage("timeout: " + millis + " ms (expected: 1 to 600000)");
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureBetweenNodesHasItsMeaning(Failure failure) {
    CallException member = CallException.ofRequest(new WireException(failure, "why"), true);
    CallException former = CallException.ofRequest(new WireException(failure, "why"), false);
    assertThat(member.error()).isEqualTo(CallError.of(failure));
    assertThat(former.error())
        .isEqualTo(failure == Failure.INDETERMINATE ? CallError.NODE_DOWN : CallError.of(failure));
    assertThat(member.executed() == Executed.UNKNOWN)
        .isEqualTo(failure == Failure.INDETERMINATE || failure == Failure.INTERNAL);
  }

  @Test
  void aCallThatCameTooLateTimedOutAndWasNotExecuted() {
    CallException late = CallException.ofRequest(new WireException(Failure.LATE, "late"), true);
    assertThat(late.error()).isEqualTo(CallError.TIMEOUT);
    assertThat(late.executed()).isEqualTo(Executed.NO);
  }

  @Test
  void aNodeThatWentIsDownAndNotUnknown() {
    FormerMembers former = new FormerMembers();
    View view = new View(2, List.of());
    Member n2 = new Member(new NodeId("n2", 1), "127.0.0.1", 0, "1.0", 0);
    former.gone(view, n2, Departure.DIED);
    assertThat(former.contains("n2")).isTrue();
    former.joined(view, n2);
    assertThat(former.contains("n2")).isFalse();
    for (int i = 0; i < 200; i++) {
      former.gone(
          view,
          new Member(new NodeId("m" + i, 1), "127.0.0.1", 0, "1.0", 0),
          Departure.UNREACHABLE);
    }
    assertThat(former.contains("m99")).isFalse();
    assertThat(former.contains("m100")).isTrue();
  }
}
