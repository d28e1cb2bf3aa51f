package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Tool;
import io.mcpnode.feature.schema.Binder;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.feature.schema.Reasons;
import io.mcpnode.protocol.ToolDescriptor;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A method as a tool: check, bind, invoke, answer. */
final class MethodTool implements Tool {

  private static final Logger LOG = LoggerFactory.getLogger(MethodTool.class);

  private final ToolDescriptor descriptor;
  private final @Nullable String handleArgument;
  private final @Nullable VerbatimSchema verbatim;
  private final Binder binder;
  private final MethodHandle method;
  private final Result result;
  private final ClassLoader loader;
  private final BlockingCalls threads;
  private final boolean blocks;

  /**
   * @param verbatim null: the binder's own checks are enough
   * @param method of type (Object[])Object
   * @param threads for what must not run on an event loop
   * @param blocks the method itself is of that kind
   */
  MethodTool(
      ToolDescriptor descriptor,
      @Nullable String handleArgument,
      @Nullable VerbatimSchema verbatim,
      Binder binder,
      MethodHandle method,
      Result result,
      ClassLoader loader,
      BlockingCalls threads,
      boolean blocks) {
    this.descriptor = descriptor;
    this.handleArgument = handleArgument;
    this.verbatim = verbatim;
    this.binder = binder;
    this.method = method;
    this.result = result;
    this.loader = loader;
    this.threads = threads;
    this.blocks = blocks;
  }

  @Override
  public ToolDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public @Nullable String handleArgument() {
    return handleArgument;
  }

  @Override
  public Future<ToolOutcome> call(ObjectNode arguments, ToolContext context) {
    if (verbatim != null) {
      if (verbatim.isHeavy(arguments)) {
        return checkElsewhere(verbatim, arguments, context);
      }
      Problems problems = new Problems();
      verbatim.check(arguments, problems);
      if (problems.any()) {
        return Future.succeededFuture(ToolOutcome.failed(problems.text()));
      }
    }
    return checked(arguments, context);
  }

  private Future<ToolOutcome> checkElsewhere(
      VerbatimSchema schema, ObjectNode arguments, ToolContext context) {
    Context loop = Vertx.currentContext();
    Promise<ToolOutcome> promise = Promise.promise();
    threads
        .run(
            loader,
            context::onCancel,
            () -> {
              Problems problems = new Problems();
              schema.check(arguments, problems);
              return problems.any() ? problems.text() : "";
            },
            Future::succeededFuture)
        .onComplete(
            done -> {
              if (done.failed()) {
                promise.fail(done.cause());
              } else if (!done.result().isEmpty()) {
                promise.complete(ToolOutcome.failed(done.result()));
              } else if (loop == null) {
                checked(arguments, context).onComplete(promise);
              } else {
                // Back to where methods are called that don't block.
                loop.runOnContext(v -> checked(arguments, context).onComplete(promise));
              }
            });
    return promise.future();
  }

  private Future<ToolOutcome> checked(ObjectNode arguments, ToolContext context) {
    Problems problems = new Problems();
    @Nullable Object[] parameters = binder.bind(arguments, context, problems);
    if (problems.any()) {
      return Future.succeededFuture(ToolOutcome.failed(problems.text()));
    }
    return blocks ? blocking(parameters, context) : start(parameters, context);
  }

  private Future<ToolOutcome> blocking(@Nullable Object[] parameters, ToolContext context) {
    return threads.run(
        loader,
        context::onCancel,
        () -> {
          try {
            return result.of((Object) method.invokeExact(parameters));
          } catch (Throwable thrown) {
            return failure(thrown);
          }
        },
        reason -> Future.succeededFuture(ToolOutcome.failed(reason)));
  }

  private Future<ToolOutcome> start(@Nullable Object[] parameters, ToolContext context) {
    Object started;
    try {
      started = (Object) method.invokeExact(parameters);
      if (started instanceof CompletableFuture<?> future && future.isDone()) {
        Object value = future.get();
        return result.isHeavy(value)
            ? elsewhere(value, context)
            : Future.succeededFuture(result.of(value));
      }
    } catch (Throwable thrown) {
      return failed(thrown);
    }
    if (started instanceof CompletionStage<?> stage) {
      Promise<ToolOutcome> promise = Promise.promise();
      stage.whenComplete((value, thrown) -> settle(promise, value, thrown, context));
      return promise.future();
    }
    if (started instanceof Future<?> future) {
      Promise<ToolOutcome> promise = Promise.promise();
      future.onComplete(done -> settle(promise, done.result(), done.cause(), context));
      return promise.future();
    }
    return Future.succeededFuture(ToolOutcome.failed("the tool returned no future"));
  }

  private void settle(
      Promise<ToolOutcome> promise,
      @Nullable Object value,
      @Nullable Throwable thrown,
      ToolContext context) {
    try {
      if (thrown == null && result.isHeavy(value)) {
        elsewhere(value, context).onComplete(promise);
        return;
      }
      promise.complete(thrown == null ? result.of(value) : failure(thrown));
    } catch (Throwable failed) {
      failed(failed).onComplete(promise);
    }
  }

  private Future<ToolOutcome> elsewhere(@Nullable Object value, ToolContext context) {
    return threads.run(
        loader,
        context::onCancel,
        () -> result.of(value),
        reason -> Future.succeededFuture(ToolOutcome.failed(reason)));
  }

  private Future<ToolOutcome> failed(Throwable thrown) {
    try {
      return Future.succeededFuture(failure(thrown));
    } catch (McpException protocolError) {
      return Future.failedFuture(protocolError);
    }
  }

  /** Rethrows what is a protocol error. */
  private ToolOutcome failure(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof McpException protocolError) {
      throw protocolError;
    }
    if (cause instanceof Error) {
      LOG.warn("tool {} failed", descriptor.name(), cause);
      return ToolOutcome.failed(Reasons.withType(cause));
    }
    LOG.debug("tool {} failed", descriptor.name(), cause);
    return ToolOutcome.failed(Reasons.of(cause));
  }
}
