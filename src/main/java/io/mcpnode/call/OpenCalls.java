package io.mcpnode.call;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Calls on several nodes.
 *
 * @param calls one a node, in the same order
 */
record OpenCalls(List<String> nodes, List<ClusterCalls.Pending> calls)
    implements ClusterCalls.PendingEach {

  @Override
  public Future<List<ClusterCalls.Outcome>> outcomes() {
    return Future.join(calls.stream().map(ClusterCalls.Pending::result).toList())
        .transform(
            all ->
                Future.succeededFuture(
                    IntStream.range(0, calls.size()).mapToObj(this::outcome).toList()));
  }

  private ClusterCalls.Outcome outcome(int index) {
    Future<?> ended = calls.get(index).result();
    return new ClusterCalls.Outcome(nodes.get(index), ended.result(), ended.cause());
  }

  @Override
  public void cancel() {
    calls.forEach(ClusterCalls.Pending::cancel);
  }
}
