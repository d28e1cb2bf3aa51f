package io.mcpnode.trace;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector that speaks OTLP over HTTP, read with the protocol's own classes. */
public final class Collector implements AutoCloseable {

  /** What it does with spans. */
  public enum Mood {
    TAKES,
    REFUSES,
    NEVER_ANSWERS
  }

  private final HttpServer server;
  public final List<ExportTraceServiceRequest> received = new CopyOnWriteArrayList<>();
  public final List<String> paths = new CopyOnWriteArrayList<>();
  public volatile Mood mood = Mood.TAKES;

  public Collector(Vertx vertx) {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .listen(0)
            .await();
  }

  private void answer(HttpServerRequest request, Buffer body) {
    paths.add(request.method() + " " + request.path() + " " + request.getHeader("content-type"));
    switch (mood) {
      case TAKES -> {
        try {
          received.add(read(request, body));
        } catch (IOException e) {
          request.response().setStatusCode(400).end(String.valueOf(e.getMessage()));
          return;
        }
        request
            .response()
            .putHeader("content-type", "application/x-protobuf")
            .end(Buffer.buffer(ExportTraceServiceResponse.getDefaultInstance().toByteArray()));
      }
      case REFUSES -> request.response().setStatusCode(400).end("no");
      case NEVER_ANSWERS -> {}
    }
  }

  private static ExportTraceServiceRequest read(HttpServerRequest request, Buffer body)
      throws IOException {
    InputStream bytes = new ByteArrayInputStream(body.getBytes());
    boolean compressed = "gzip".equals(request.getHeader("content-encoding"));
    try (InputStream plain = compressed ? new GZIPInputStream(bytes) : bytes) {
      return ExportTraceServiceRequest.parseFrom(plain);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  public List<Span> spans() {
    return received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  public static Map<String, String> strings(List<KeyValue> attributes) {
    Map<String, String> all = new TreeMap<>();
    attributes.forEach(a -> all.put(a.getKey(), a.getValue().getStringValue()));
    return all;
  }

  @Override
  public void close() {
    server.close().await();
  }
}
