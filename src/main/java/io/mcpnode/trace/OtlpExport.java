package io.mcpnode.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to a collector, OTLP over HTTP, in batches, on a thread of its own. Who ends a span
 * never waits: over the bound spans are dropped and counted, as are those that the collector does
 * not take.
 */
final class OtlpExport implements SpanProcessor {

  static final int MAX_WAITING = 4096;

  private static final int BATCH = 512;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A batch that can't be delivered soon makes room for the next, also when the node leaves. */
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder()
          .setMaxAttempts(3)
          .setInitialBackoff(Duration.ofMillis(200))
          .setMaxBackoff(Duration.ofSeconds(1))
          .build();

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OtlpExport.class);

  /** Says it in its own way, beside the log of this node; held, or the setting would be lost. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final TraceMeters meters;
  private final URI endpoint;
  private final SpanProcessor batches;

  OtlpExport(String endpoint, TraceMeters meters) {
    this.meters = meters;
    this.endpoint = traces(URI.create(endpoint));
    EXPORTERS.setLevel(Level.OFF);
    batches =
        BatchSpanProcessor.builder(
                new Counted(
                    OtlpHttpSpanExporter.builder()
                        .setEndpoint(this.endpoint.toString())
                        .setCompression("gzip")
                        .setTimeout(TIMEOUT)
                        .setRetryPolicy(RETRIES)
                        .build()))
            .setMaxQueueSize(MAX_WAITING)
            .setMaxExportBatchSize(BATCH)
            .setScheduleDelay(EVERY)
            .setExporterTimeout(TIMEOUT)
            .build();
  }

  /** The base of a collector is completed by the path of its traces; any other path is meant. */
  static URI traces(URI endpoint) {
    String path = endpoint.getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? endpoint.resolve("/v1/traces")
        : endpoint;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      meters.refused("tracing.export");
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  private static String reason(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : failure.getCause();
    if (cause == null) {
      return "it answers with an error";
    }
    Throwable inner = cause.getCause();
    while (inner != null) {
      cause = inner;
      inner = cause.getCause();
    }
    return cause.toString();
  }

  /** Counts what goes out and logs when it begins and ceases to fail. */
  private final class Counted implements SpanExporter {

    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(
          () -> {
            waiting.addAndGet(-count);
            if (result.isSuccess()) {
              meters.exported(count);
              if (failing.getAndSet(false)) {
                LOG.info("{} takes spans again", endpoint);
              }
            } else {
              meters.exportFailed(count);
              if (!failing.getAndSet(true)) {
                LOG.warn(
                    "{} takes no spans, they are dropped: {}",
                    endpoint,
                    reason(result.getFailureThrowable()));
              }
            }
          });
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
