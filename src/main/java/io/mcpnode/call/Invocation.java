package io.mcpnode.call;

import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What shall be called.
 *
 * @param timeout until the caller gives up; carried along
 * @param traceparent W3C trace context, null if there is none
 */
public record Invocation(
    String service,
    String function,
    JsonArray args,
    Duration timeout,
    @Nullable String traceparent) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  public Invocation {
    OperationRegistry.checked("service", service);
    OperationRegistry.checked("function", function);
    if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout: " + timeout.toMillis() + " ms (expected: 1 to " + MAX_TIMEOUT.toMillis() + ")");
    }
  }

  public static Invocation of(String service, String function, Object... args) {
    return new Invocation(
        service, function, new JsonArray(Arrays.asList(args)), DEFAULT_TIMEOUT, null);
  }

  public Invocation within(Duration limit) {
    return new Invocation(service, function, args, limit, traceparent);
  }
}
