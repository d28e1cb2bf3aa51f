package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackRolesTest {

  @ParameterizedTest
  @CsvSource({
    "io.mcpnode.protocol.JsonOut.write, JSON",
    "com.fasterxml.jackson.core.json.UTF8Generator.writeString, JSON",
    "io.vertx.core.eventbus.impl.EventBusImpl.send, event bus and its codec",
    "io.mcpnode.wire.FrameCodec.decode, event bus and its codec",
    "io.vertx.core.http.impl.http1.Http1ServerConnection.read, HTTP of Vert.x and Netty",
    "io.netty.handler.codec.http.HttpObjectDecoder.decode, HTTP of Vert.x and Netty",
    "io.netty.buffer.AbstractByteBuf.getByte, network I/O of Netty",
    "io.vertx.core.impl.future.FutureImpl.complete, contexts and futures of Vert.x",
    "io.mcpnode.affinity.Forwarder.forward, mcp-node: owners and hops",
    "io.mcpnode.server.LegacyEra.handle, mcp-node: the rest",
    "com.hazelcast.map.impl.proxy.MapProxyImpl.get, Hazelcast",
    "java.util.HashMap.get, JDK",
  })
  void aMethodBelongsToItsPackage(String method, String role) {
    assertThat(StackRoles.of(List.of(method))).isEqualTo(role);
  }

  @Test
  void whatTheJdkDoesBelongsToItsCaller() {
    List<String> stack =
        List.of("java.util.HashMap.get", "java.util.Map.of", "io.mcpnode.wire.Lane.receive");
    assertThat(StackRoles.of(stack)).isEqualTo("event bus and its codec");
  }

  @Test
  void theCallerNearestToTheTopCounts() {
    assertThat(
            StackRoles.of(List.of("io.netty.buffer.ByteBuf.write", "io.mcpnode.http.SseFrame.of")))
        .isEqualTo("network I/O of Netty");
  }

  @ParameterizedTest
  @CsvSource({
    "a.B$$Lambda$1826+0x00007f00c9676478.1399946965, a.B$$Lambda.run",
    "a.B$$Lambda/0x00000000300f4430, a.B$$Lambda.run",
    "java.lang.invoke.LambdaForm$MH.0x000000009a367c00, java.lang.invoke.LambdaForm$MH.run",
    "a.B$1, a.B$1.run",
  })
  void classesThatTheJvmMakesHaveOneName(String type, String method) {
    assertThat(StackRoles.method(type, "run")).isEqualTo(method);
  }

  @Test
  void anEmptyStackBelongsToNobody() {
    assertThat(StackRoles.of(List.of())).isEqualTo(StackRoles.OTHER);
  }
}
