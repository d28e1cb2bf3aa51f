package io.mcpnode;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.jspecify.annotations.NullMarked;

/**
 * Handles SIGTERM and SIGINT. A shutdown hook would not do: the JVM would end with 143 instead of 0
 * and would not hear a second signal. {@code sun.misc.Signal} is exported by {@code
 * jdk.unsupported} for this, but javac warns of it, hence the reflection.
 */
@NullMarked
final class Signals {

  private static final String[] STOP = {"TERM", "INT"};

  private Signals() {}

  /**
   * Calls the action with the signal's number, on a thread of the JVM.
   *
   * @throws ReflectiveOperationException the JVM does not let handlers be set ({@code -Xrs})
   */
  static void onStop(IntConsumer action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    InvocationHandler calls =
        (proxy, method, args) ->
            switch (method.getName()) {
              case "handle" -> {
                action.accept((int) signal.getMethod("getNumber").invoke(args[0]));
                yield null;
              }
              case "equals" -> proxy == args[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "signal handler";
            };
    Object instance =
        Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calls);
    for (String name : STOP) {
      try {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), instance);
      } catch (InvocationTargetException e) {
        throw new ReflectiveOperationException("SIG" + name + ": " + e.getCause(), e);
      }
    }
  }
}
