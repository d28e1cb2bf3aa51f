package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.call.CallComponent;
import io.mcpnode.call.CallError;
import io.mcpnode.call.CallException;
import io.mcpnode.call.ClusterCalls;
import io.mcpnode.call.Invocation;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.SoloMembership;
import io.mcpnode.names.NamesComponent;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as operators take them. */
class NameOperationsTest {

  private final Vertx vertx = Vertx.vertx();
  private ClusterCalls calls;

  @BeforeEach
  void start() {
    NodeId self = new NodeId("n1", 1);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    BusRpc rpc = new BusRpc(vertx, self, Clock.SYSTEM, 10, meters);
    rpc.start().await();
    SoloMembership membership = new SoloMembership(new Member(self, "127.0.0.1", 0, "1.0", 0));
    NamesComponent names =
        new NamesComponent(
            vertx,
            rpc,
            new MemoryStore("n1"),
            membership,
            QuorumGate.OPEN,
            Clock.SYSTEM,
            new SecureRandom(),
            meters);
    names.start().await();
    CallComponent component = new CallComponent(vertx, rpc, membership, Clock.SYSTEM, meters);
    component.start().await();
    NameOperations.register(component.operations(), names);
    calls = component.calls();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private ClusterCalls.Pending register(Object... args) {
    return calls.call("n1", Invocation.of("name", "register", args));
  }

  private static CallException failure(ClusterCalls.Pending call) {
    await().until(() -> call.result().isComplete());
    return (CallException) call.result().cause();
  }

  private static void assertNotExecuted(CallException refusal, String message) {
    assertThat(refusal.error()).isEqualTo(CallError.REJECTED);
    assertThat(refusal.executed()).isEqualTo(CallException.Executed.NO);
    assertThat(refusal).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "caf\u00e9"})
  void whatIsNoNameIsRejected(String name) {
    assertNotExecuted(failure(register(name)), "(expected: 1 to 128 visible ASCII characters)");
  }

  @Test
  void aNameThatIsTooLongIsRejected() {
    assertNotExecuted(failure(register("x".repeat(5_000))), "(expected: 1 to 128 visible");
  }

  @Test
  void aNameThatIsTakenIsRejectedWithItsHolder() {
    assertThat(register("leader").result().await()).isEqualTo(1);
    assertNotExecuted(failure(register("leader")), "owned by n1#1");
  }
}
