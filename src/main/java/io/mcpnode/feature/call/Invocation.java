package io.mcpnode.feature.call;

import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.Reasons;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Calls an annotated method: on a thread of its own if it may block, else here. Whatever it throws
 * becomes a protocol error.
 */
final class Invocation {

  private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);
  private static final int INTERNAL_ERROR = -32603;

  private final String name;
  private final MethodHandle method;
  private final ClassLoader loader;
  private final JavaType returned;
  private final @Nullable BlockingCalls blocking;

  /**
   * @param name of the feature, for the log
   * @throws IllegalArgumentException if the method can't be called, with the reason
   */
  Invocation(String name, Method method, Object instance, BlockingCalls blocking) {
    this.name = name;
    this.method = handle(method, instance);
    this.loader = method.getDeclaringClass().getClassLoader();
    JavaType declared = JavaType.of(method.getGenericReturnType());
    boolean async = isAsync(declared.raw());
    this.returned = async ? declared.argument(0) : declared;
    this.blocking = async ? null : blocking;
  }

  /** What the method returns, or its future completes with. */
  JavaType returned() {
    return returned;
  }

  /**
   * Completes with the result of what the method returned; fails with a {@link McpException}.
   *
   * @param result runs where the method did; it may throw
   */
  <T> Future<T> call(
      @Nullable Object[] parameters, ToolContext context, Function<@Nullable Object, T> result) {
    if (blocking == null) {
      return start(parameters, result);
    }
    return blocking.run(
        loader,
        context::onCancel,
        () -> {
          try {
            return result.apply((Object) method.invokeExact(parameters));
          } catch (Throwable thrown) {
            throw failure(thrown);
          }
        },
        reason -> Future.failedFuture(new McpException(INTERNAL_ERROR, reason)));
  }

  private <T> Future<T> start(@Nullable Object[] parameters, Function<@Nullable Object, T> result) {
    Promise<T> promise = Promise.promise();
    try {
      Object started = (Object) method.invokeExact(parameters);
      if (started instanceof CompletionStage<?> stage) {
        stage.whenComplete((value, thrown) -> settle(promise, value, thrown, result));
      } else if (started instanceof Future<?> future) {
        future.onComplete(done -> settle(promise, done.result(), done.cause(), result));
      } else {
        throw new IllegalStateException("the method returned no future");
      }
    } catch (Throwable thrown) {
      promise.fail(failure(thrown));
    }
    return promise.future();
  }

  private <T> void settle(
      Promise<T> promise,
      @Nullable Object value,
      @Nullable Throwable thrown,
      Function<@Nullable Object, T> result) {
    if (thrown != null) {
      promise.fail(failure(thrown));
      return;
    }
    try {
      promise.complete(result.apply(value));
    } catch (Throwable failed) {
      promise.fail(failure(failed));
    }
  }

  private McpException failure(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof McpException protocolError) {
      return protocolError;
    }
    boolean error = cause instanceof Error;
    LOG.atLevel(error ? Level.WARN : Level.DEBUG).setCause(cause).log("{} failed", name);
    return new McpException(INTERNAL_ERROR, error ? Reasons.withType(cause) : Reasons.of(cause));
  }

  /** It returns a future, so it does not block. */
  static boolean isAsync(Class<?> returned) {
    if (returned == CompletionStage.class
        || returned == CompletableFuture.class
        || returned == Future.class) {
      return true;
    }
    boolean foreign = returned.getName().equals(Future.class.getName());
    if (foreign
        || CompletionStage.class.isAssignableFrom(returned)
        || java.util.concurrent.Future.class.isAssignableFrom(returned)) {
      throw new IllegalArgumentException(
          "return type: "
              + returned.getName()
              + (foreign ? " of the plugin's own Vert.x" : "")
              + " (expected: CompletionStage, CompletableFuture, or the Future of the node's own"
              + " Vert.x)");
    }
    return false;
  }

  /** The method of this instance, of type (Object[])Object. */
  static MethodHandle handle(Method method, Object instance) {
    try {
      method.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflect(method);
      if (!Modifier.isStatic(method.getModifiers())) {
        handle = handle.bindTo(instance);
      }
      return handle
          .asFixedArity()
          .asSpreader(Object[].class, method.getParameterCount())
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException denied) {
      throw new IllegalArgumentException("not accessible: " + denied.getMessage(), denied);
    }
  }
}
