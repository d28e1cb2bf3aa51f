package io.mcpnode.http.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page for people who look after a cluster: three files that ask the routes beside them, and no
 * other host. Nothing in it is secret.
 */
final class DashboardRoutes {

  private record Asset(String type, Buffer content) {}

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Asset PAGE = load("index.html", "text/html; charset=utf-8");
  private static final Map<String, Asset> FILES =
      new TreeMap<>(
          Map.of(
              "dashboard.css", load("dashboard.css", "text/css; charset=utf-8"),
              "dashboard.js", load("dashboard.js", "text/javascript; charset=utf-8")));

  private static Asset load(String name, String type) {
    try (InputStream in = DashboardRoutes.class.getResourceAsStream("dashboard/" + name)) {
      if (in == null) {
        throw new IllegalStateException("dashboard/" + name + " is missing in the jar");
      }
      return new Asset(type, Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the page refers to is told by its own path, so that has to be the right one. */
  void page(RoutingContext context) {
    if (context.request().path().endsWith("/")) {
      context.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, "../dashboard").end();
    } else {
      send(context, PAGE);
    }
  }

  void file(RoutingContext context) {
    Asset file = FILES.get(context.pathParam("file"));
    if (file == null) {
      throw new OperatorError(
          404, "not_found", "no such file of the dashboard (expected: " + FILES.keySet() + ")");
    }
    send(context, file);
  }

  private static void send(RoutingContext context, Asset asset) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    Responses.end(response, asset.content());
  }
}
