package io.mcpnode.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Listens to server-sent events of one node until it is closed. */
final class EventReader implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Lines reader = new Lines();
  private final CompletableFuture<HttpResponse<Void>> response;

  /** To those of the cluster. Returns when the node has accepted. */
  EventReader(URI node, String... headers) {
    this(get(node.resolve("/cluster/events"), headers));
  }

  /** Returns when the node has accepted. */
  EventReader(HttpRequest request) {
    response = http.sendAsync(request, BodyHandlers.fromLineSubscriber(reader));
    Await.until("events are sent", Duration.ofSeconds(10), () -> !lines.isEmpty());
  }

  private static HttpRequest get(URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private final class Lines implements Flow.Subscriber<String> {
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      lines.add(line);
    }

    @Override
    public void onError(Throwable problem) {
      lines.add("error: " + problem);
    }

    @Override
    public void onComplete() {
      lines.add("end");
    }
  }

  /** Every line so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Whether an event of this type came whose data contain this. */
  boolean saw(String type, String text) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith("data: ")
          && lines.get(i - 1).equals("event: " + type)
          && lines.get(i).contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** The data of all events so far. */
  List<String> data() {
    return lines.stream()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  /** The id of the last event. */
  String lastId() {
    return lines.stream()
        .filter(line -> line.startsWith("id: "))
        .reduce((before, last) -> last)
        .orElseThrow()
        .substring(4);
  }

  @Override
  public void close() {
    response.cancel(true);
    Flow.Subscription open = reader.subscription;
    if (open != null) {
      open.cancel();
    }
  }
}
