package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;

/** Running things on a Vert.x context. */
final class Contexts {

  private Contexts() {}

  /** Starts the action on the context; the future is the action's, or its exception. */
  static <T> Future<T> on(ContextInternal context, Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            action.get().onComplete(done);
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }
}
