package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.Collected;
import io.mcpnode.trace.TraceProtocol.Head;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.TraceContext;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all nodes, this one included, and puts together what they answer. */
final class ClusterTraces implements Traces {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterTraces.class);

  /** What was answered, and the names of those who did not. */
  private record Gathered<T>(List<T> answers, List<String> missing) {}

  private final TraceClient client;
  private final Supplier<List<NodeId>> members;

  ClusterTraces(TraceClient client, Supplier<List<NodeId>> members) {
    this.client = client;
    this.members = members;
  }

  @Override
  public Future<Recent> recent(int limit) {
    return gather(node -> client.recent(node, limit))
        .map(
            all -> {
              List<Head> heads = new ArrayList<>();
              all.answers().forEach(answer -> heads.addAll(answer.traces()));
              return new Recent(Overviews.of(heads, limit), all.missing());
            });
  }

  @Override
  public Future<Trace> correlate(String traceId) {
    if (!TraceContext.isTraceId(traceId)) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "traceId: \""
                  + traceId.substring(0, Math.min(40, traceId.length()))
                  + "\" (expected: 32 lower-case hex digits, not all zero)"));
    }
    return gather(node -> client.collect(node, traceId)).compose(all -> trace(traceId, all));
  }

  private static Future<Trace> trace(String traceId, Gathered<Collected> all) {
    List<SpanRecord> spans = new ArrayList<>();
    int dropped = 0;
    for (Collected answer : all.answers()) {
      spans.addAll(answer.spans());
      dropped += answer.dropped();
    }
    if (spans.isEmpty()) {
      return Future.failedFuture(
          new WireException(
              Failure.NOT_FOUND,
              "trace "
                  + traceId
                  + " is not known: it was not recorded, or has made room for newer ones"
                  + (all.missing().isEmpty()
                      ? ""
                      : "; no answer from " + String.join(", ", all.missing()))));
    }
    SpanTree tree = SpanTree.of(spans);
    return Future.succeededFuture(
        new Trace(traceId, tree, TraceSummary.of(tree), dropped, all.missing()));
  }

  private <T> Future<Gathered<T>> gather(Function<NodeId, Future<T>> ask) {
    List<NodeId> nodes = members.get();
    List<Future<T>> answers = nodes.stream().map(ask).toList();
    return Future.join(answers)
        .transform(
            all -> {
              Gathered<T> gathered = new Gathered<>(new ArrayList<>(), new ArrayList<>());
              for (int i = 0; i < answers.size(); i++) {
                Future<T> answer = answers.get(i);
                if (answer.succeeded()) {
                  gathered.answers().add(answer.result());
                } else {
                  LOG.info("No traces from {}: {}", nodes.get(i), answer.cause().toString());
                  gathered.missing().add(nodes.get(i).name());
                }
              }
              return Future.succeededFuture(gathered);
            });
  }
}
