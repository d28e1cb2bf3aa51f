package io.mcpnode.trace;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traces of the whole cluster: all nodes are asked at once, each has two seconds. A node that
 * does not answer is named, and the rest is given without it.
 */
public interface Traces {

  int MAX_LIMIT = 1000;

  /**
   * The newest traces.
   *
   * @param limit from 1 to {@link #MAX_LIMIT}
   */
  Future<Recent> recent(int limit);

  /**
   * All that the cluster knows of one trace, as one tree. Fails with a {@link
   * io.mcpnode.wire.WireException}: {@code INVALID} if it is no trace id, {@code NOT_FOUND} if no
   * node that answered knows it.
   */
  Future<Trace> correlate(String traceId);

  /**
   * @param missing the nodes that did not answer, by name
   */
  record Recent(List<Overview> traces, List<String> missing) {}

  /**
   * @param root the span it began with, null if that is not known any more
   * @param error a part of it failed, also where the whole went well
   */
  record Overview(
      String traceId,
      @Nullable String root,
      long startNanos,
      long durationNanos,
      List<String> nodes,
      int spans,
      boolean error) {}

  /**
   * @param dropped spans that had no room, on all nodes that answered
   * @param missing the nodes that did not answer, by name
   */
  record Trace(
      String traceId, SpanTree tree, TraceSummary summary, int dropped, List<String> missing) {}
}
