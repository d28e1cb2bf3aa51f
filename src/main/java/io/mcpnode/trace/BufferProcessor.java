package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.Attribute;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what OpenTelemetry has recorded into the buffer of this node. */
final class BufferProcessor implements SpanProcessor {

  private static final AttributeKey<String> HOP = AttributeKey.stringKey(LiveSpan.HOP);
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private final String node;
  private final TraceBuffer buffer;

  BufferProcessor(String node, TraceBuffer buffer) {
    this.node = node;
    this.buffer = buffer;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    buffer.add(record(span.toSpanData()));
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private SpanRecord record(SpanData data) {
    List<Attribute> attributes = new ArrayList<>(data.getAttributes().size());
    data.getAttributes()
        .forEach(
            (key, value) -> {
              if (!key.equals(HOP) && !key.equals(ERROR_TYPE)) {
                attributes.add(new Attribute(key.getKey(), String.valueOf(value)));
              }
            });
    @Nullable String hop = data.getAttributes().get(HOP);
    return new SpanRecord(
        data.getTraceId(),
        data.getSpanId(),
        data.getParentSpanContext().isValid() ? data.getParentSpanId() : null,
        hop == null ? "" : hop,
        data.getName(),
        node,
        data.getStartEpochNanos(),
        data.getEndEpochNanos() - data.getStartEpochNanos(),
        data.getStatus().getStatusCode() == StatusCode.ERROR ? error(data) : null,
        List.copyOf(attributes));
  }

  private static String error(SpanData data) {
    @Nullable String type = data.getAttributes().get(ERROR_TYPE);
    return type == null ? "error" : type;
  }
}
