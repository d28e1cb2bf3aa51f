package io.mcpnode.trace;

import io.mcpnode.NodeConfig;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tracing on one node, put together. */
public final class TraceComponent {

  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_ATTRIBUTE_LENGTH = 256;
  private static final String SCOPE = "io.mcpnode";

  private final TraceBuffer buffer;
  private final Spans spans;
  private final @Nullable SdkTracerProvider provider;

  /**
   * @param node the name of this node
   * @param version of the product
   */
  public TraceComponent(
      NodeConfig.Tracing settings,
      String node,
      String version,
      Clock clock,
      MeterRegistry registry) {
    TraceMeters meters = new TraceMeters(registry);
    buffer = new TraceBuffer(settings.maxTraces(), meters);
    if (settings.enabled()) {
      SdkTracerProvider started = provider(settings, node, version, meters);
      provider = started;
      spans =
          new NodeSpans(started.get(SCOPE), new Sampling(settings.sampleRatio()), clock, meters);
    } else {
      provider = null;
      spans = Spans.NONE;
    }
  }

  private SdkTracerProvider provider(
      NodeConfig.Tracing settings, String node, String version, TraceMeters meters) {
    SdkTracerProviderBuilder builder =
        SdkTracerProvider.builder()
            // What is not to be recorded never gets here.
            .setSampler(Sampler.alwaysOn())
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "mcp-node",
                                AttributeKey.stringKey("service.version"),
                                version,
                                AttributeKey.stringKey("service.instance.id"),
                                node))))
            .setSpanLimits(
                SpanLimits.builder()
                    .setMaxNumberOfAttributes(MAX_ATTRIBUTES)
                    .setMaxAttributeValueLength(MAX_ATTRIBUTE_LENGTH)
                    .build())
            .addSpanProcessor(new BufferProcessor(node, buffer));
    if (!settings.otlpEndpoint().isEmpty()) {
      builder.addSpanProcessor(new OtlpExport(settings.otlpEndpoint(), meters));
    }
    return builder.build();
  }

  /** Where this node's spans begin. */
  public Spans spans() {
    return spans;
  }

  /** Lets the nodes ask for the spans of this one; completes when they can. */
  public Future<Void> start(Vertx vertx, Rpc rpc) {
    return vertx.deployVerticle(new TraceVerticle(rpc, buffer)).mapEmpty();
  }

  /**
   * What all nodes know. To be asked once this node has started.
   *
   * @param members the nodes to ask, this one included
   */
  public static Traces traces(Rpc rpc, Supplier<List<NodeId>> members) {
    return new ClusterTraces(new TraceClient(rpc), members);
  }

  /** Exports what is left; completes when it is out, or can't be sent. */
  public Future<Void> close() {
    SdkTracerProvider started = provider;
    if (started == null) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    CompletableResultCode result = started.shutdown();
    result.whenComplete(() -> done.tryComplete());
    return done.future();
  }
}
