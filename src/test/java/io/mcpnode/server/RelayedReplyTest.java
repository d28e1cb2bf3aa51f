package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Reply;
import io.mcpnode.wire.Span;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between a transport and an executor takes nothing away. */
class RelayedReplyTest {

  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.of(
          String.class,
          "text",
          int.class,
          7,
          Buffer.class,
          Buffer.buffer("{}"),
          Answer.class,
          new Answer(200, Buffer.buffer("{}"), "n1", null, 0),
          Runnable.class,
          (Runnable) () -> {});

  private static final Map<Class<?>, Object> RESULTS =
      Map.of(Future.class, Future.succeededFuture(), boolean.class, true, Span.class, Span.NONE);

  private static final List<String> reached = new ArrayList<>();

  /** Remembers what reached it. */
  private static <T> T end(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              reached.add(method.toGenericString());
              return RESULTS.get(method.getReturnType());
            }));
  }

  private static Stream<Method> of(Class<?> type, Set<String> changed) {
    return Arrays.stream(type.getMethods()).filter(method -> !changed.contains(method.getName()));
  }

  static Stream<Method> methodsOfClientReply() {
    return of(ClientReply.class, Set.of());
  }

  static Stream<Method> methodsOfReply() {
    return of(Reply.class, Set.of("park", "detach", "fail"));
  }

  private static void arrives(Object relay, Method method) throws Exception {
    reached.clear();
    Object[] arguments = Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
    Object result = method.invoke(relay, arguments);
    assertThat(reached).containsExactly(method.toGenericString());
    if (method.getReturnType() != void.class) {
      assertThat(result).isEqualTo(RESULTS.get(method.getReturnType()));
    }
  }

  @ParameterizedTest
  @MethodSource("methodsOfClientReply")
  void aReopeningHandsOnEverything(Method method) throws Exception {
    arrives(new Reopening(end(ClientReply.class), () -> {}), method);
  }

  @ParameterizedTest
  @MethodSource("methodsOfClientReply")
  void aTracedReplyHandsOnEverything(Method method) throws Exception {
    if (!method.getName().equals("span")) {
      arrives(new TracedClientReply(end(ClientReply.class), Span.NONE), method);
    }
  }

  @ParameterizedTest
  @MethodSource("methodsOfReply")
  void aRelayedReplyHandsOnEverything(Method method) throws Exception {
    Reply end = end(Reply.class);
    RelayedReply relay = () -> end;
    arrives(relay, method);
  }
}
