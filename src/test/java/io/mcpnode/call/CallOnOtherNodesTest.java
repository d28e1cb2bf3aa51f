package io.mcpnode.call;

import static io.mcpnode.membership.TestNodes.await;
import static io.mcpnode.membership.TestNodes.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.call.CallException.Executed;
import io.mcpnode.membership.ClusterNode;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.wire.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Three nodes of a real cluster call each other; the last of them dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallOnOtherNodesTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<CallComponent> calls = new ArrayList<>();
  private final Map<String, Operation.Running> running = new ConcurrentHashMap<>();

  @BeforeAll
  void start() {
    int seed = freePort();
    nodes.add(await(TestNodes.start("n1", seed, "secret", seed)));
    Future<ClusterNode> second = TestNodes.start("n2", freePort(), "secret", seed);
    Future<ClusterNode> third = TestNodes.start("n3", freePort(), "secret", seed);
    nodes.add(await(second));
    nodes.add(await(third));
    for (ClusterNode node : nodes) {
      String name = node.membership().self().name();
      CallComponent component =
          new CallComponent(
              node.vertx(), node.rpc(), node.membership(), Clock.SYSTEM, new SimpleMeterRegistry());
      await(component.start());
      component.operations().register("test", "name", (args, it) -> Future.succeededFuture(name));
      component.operations().register("test", "echo", (args, it) -> Future.succeededFuture(args));
      component.operations().register("test", "rejects", (args, it) -> reject(args.getString(0)));
      component
          .operations()
          .register(
              "test",
              "hangs",
              (args, it) -> {
                running.put(name, it);
                return Promise.promise().future();
              });
      calls.add(component);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> nodes.stream().allMatch(it -> it.membership().view().members().size() == 3));
  }

  private static Future<Object> reject(String why) {
    return Future.failedFuture(CallException.rejected(why));
  }

  @AfterAll
  void stop() {
    for (ClusterNode node : nodes) {
      await(node.close().otherwiseEmpty());
    }
  }

  private ClusterCalls from(int node) {
    return calls.get(node).calls();
  }

  private static CallException failure(ClusterCalls.Pending call) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> call.result().isComplete());
    return (CallException) call.result().cause();
  }

  @Test
  @Order(1)
  void anyNodeCallsAnyOther() {
    for (int i = 0; i < 3; i++) {
      for (String name : List.of("n1", "n2", "n3")) {
        assertThat(await(from(i).call(name, Invocation.of("test", "name")).result()))
            .isEqualTo(name);
      }
    }
    JsonArray args = new JsonArray().add(1).add("two").addNull().add(new JsonArray().add(3.5));
    Invocation echo = new Invocation("test", "echo", args, Duration.ofSeconds(5), null);
    assertThat(await(from(0).call("n2", echo).result())).isEqualTo(args);
  }

  @Test
  @Order(2)
  void aCallOnAllNodesAnswersForEach() {
    assertThat(await(from(1).callAll(Invocation.of("test", "name")).outcomes()))
        .extracting(ClusterCalls.Outcome::value)
        .containsExactlyInAnyOrder("n1", "n2", "n3");
  }

  @Test
  @Order(3)
  void anErrorKeepsItsKindOnItsWay() {
    CallException rejected =
        failure(from(0).call("n2", Invocation.of("test", "rejects", "not this")));
    assertThat(rejected.error()).isEqualTo(CallError.REJECTED);
    assertThat(rejected.executed()).isEqualTo(Executed.NO);
    assertThat(rejected).hasMessage("not this");
    CallException unknown = failure(from(0).call("n2", Invocation.of("test", "nope")));
    assertThat(unknown.error()).isEqualTo(CallError.NO_SUCH_FUNCTION);
  }

  @Test
  @Order(4)
  void deadlineAndTraceAreCarriedAlong() {
    Invocation hangs =
        new Invocation("test", "hangs", new JsonArray(), Duration.ofMillis(800), TRACE);
    ClusterCalls.Pending call = from(0).call("n2", hangs);
    Awaitility.await().until(() -> running.containsKey("n2"));
    Operation.Running there = running.remove("n2");
    assertThat(there.caller()).isEqualTo("n1");
    assertThat(there.traceparent()).isEqualTo(TRACE);
    assertThat(there.remaining()).isBetween(Duration.ofMillis(1), Duration.ofMillis(800));
    assertThat(failure(call).error()).isEqualTo(CallError.TIMEOUT);
    Awaitility.await().until(there::isCancelled);
  }

  @Test
  @Order(5)
  void aCancelReachesTheOperation() {
    ClusterCalls.PendingEach call =
        from(0).callAll(Invocation.of("test", "hangs").within(Duration.ofMinutes(1)));
    Awaitility.await().until(() -> running.size() == 3);
    call.cancel();
    assertThat(await(call.outcomes())).allMatch(outcome -> outcome.failure() != null);
    Awaitility.await()
        .until(() -> running.values().stream().allMatch(Operation.Running::isCancelled));
    running.clear();
  }

  @Test
  @Order(6)
  void aCallerThatDiesCancelsWhatItCalled() {
    from(2).call("n2", Invocation.of("test", "hangs").within(Duration.ofMinutes(1)));
    Awaitility.await().until(() -> running.containsKey("n2"));
    ClusterCalls.Pending toThird =
        from(0).call("n3", Invocation.of("test", "hangs").within(Duration.ofMinutes(1)));
    Awaitility.await().until(() -> running.containsKey("n3"));
    ClusterNode dead = nodes.remove(2);
    long killed = Clock.SYSTEM.nanos();
    dead.hazelcast().getLifecycleService().terminate();
    assertThat(failure(toThird).error()).isEqualTo(CallError.NODE_DOWN);
    assertThat(failure(toThird).executed()).isEqualTo(Executed.UNKNOWN);
    assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - killed)).isLessThan(Duration.ofSeconds(5));
    Awaitility.await().until(() -> running.get("n2").isCancelled());
    await(dead.vertx().close().otherwiseEmpty());
  }

  @Test
  @Order(7)
  void aNodeThatDiedIsDownAndAllIsWithoutIt() {
    Awaitility.await()
        .untilAsserted(
            () -> {
              CallException down = failure(from(0).call("n3", Invocation.of("test", "name")));
              assertThat(down.error()).isEqualTo(CallError.NODE_DOWN);
              assertThat(down.executed()).isEqualTo(Executed.NO);
            });
    assertThat(await(from(0).callAll(Invocation.of("test", "name")).outcomes()))
        .extracting(ClusterCalls.Outcome::value)
        .containsExactly("n1", "n2");
  }
}
