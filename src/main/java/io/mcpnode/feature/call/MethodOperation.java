package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mcpnode.api.OperationContext;
import io.mcpnode.feature.Operation;
import io.mcpnode.feature.schema.Positions;
import io.mcpnode.feature.schema.Problems;
import io.mcpnode.feature.schema.Shape;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A method as an operation: check, bind, invoke, answer. */
final class MethodOperation implements Operation {

  private final String service;
  private final String name;
  private final Positions positions;
  private final MethodHandle method;
  private final Shape value;
  private final ClassLoader loader;
  private final @Nullable BlockingCalls blocking;

  /**
   * @param method of type (Object[])Object
   * @param value of what it returns, or its future completes with
   * @param blocking null: the method does not block
   */
  MethodOperation(
      String service,
      String name,
      Positions positions,
      MethodHandle method,
      Shape value,
      ClassLoader loader,
      @Nullable BlockingCalls blocking) {
    this.service = service;
    this.name = name;
    this.positions = positions;
    this.method = method;
    this.value = value;
    this.loader = loader;
    this.blocking = blocking;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<JsonNode> call(ArrayNode args, OperationContext context) {
    Problems problems = new Problems();
    @Nullable Object[] parameters = positions.bind(args, context, problems);
    if (problems.any()) {
      return Future.failedFuture(new Refusal(problems.text()));
    }
    return blocking == null
        ? start(parameters)
        : blocking.run(
            loader,
            context::onCancel,
            () -> json(invoke(parameters)),
            refusal -> Future.failedFuture(new Refusal(refusal)));
  }

  private @Nullable Object invoke(@Nullable Object[] parameters) throws Exception {
    try {
      return (Object) method.invokeExact(parameters);
    } catch (Exception | Error thrown) {
      throw thrown;
    } catch (Throwable strange) {
      throw new ExecutionException(strange);
    }
  }

  private Future<JsonNode> start(@Nullable Object[] parameters) {
    Object started;
    try {
      started = invoke(parameters);
    } catch (Exception thrown) {
      return Future.failedFuture(thrown);
    }
    if (!(started instanceof CompletionStage<?> stage)) {
      return Future.failedFuture(new IllegalStateException("the operation returned no future"));
    }
    Promise<JsonNode> promise = Promise.promise();
    stage.whenComplete((result, thrown) -> settle(promise, result, thrown));
    return promise.future();
  }

  private void settle(
      Promise<JsonNode> promise, @Nullable Object result, @Nullable Throwable thrown) {
    if (thrown != null) {
      Throwable cause = thrown.getCause();
      promise.fail(thrown instanceof CompletionException && cause != null ? cause : thrown);
      return;
    }
    try {
      promise.complete(json(result));
    } catch (RuntimeException notWritable) {
      promise.fail(notWritable);
    }
  }

  private JsonNode json(@Nullable Object result) {
    JsonNode json = result == null ? null : value.write(result);
    return json == null ? NullNode.getInstance() : json;
  }
}
