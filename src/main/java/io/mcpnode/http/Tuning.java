package io.mcpnode.http;

import io.mcpnode.NodeConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;

/** How Vert.x's HTTP server is set up. */
final class Tuning {

  static final int MAX_LINE = 4096;
  static final int MAX_HEADERS = 16 * 1024;

  private Tuning() {}

  /**
   * No compression and no HTTP/2: both cost on every request, and a proxy offers them. No idle
   * handler: it would read the clock on every read and write and cut long calls; see {@link
   * Connections}. Strict threads: everything is written from the connection's event loop, so no
   * queue is needed in between. Large chunks: a body of up to 64 KiB is one buffer.
   */
  static HttpServerOptions options(NodeConfig.Http http) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setReuseAddress(true)
            .setAcceptBacklog(1024)
            .setIdleTimeout(0)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setHandle100ContinueAutomatically(false)
            .setStrictThreadMode(true)
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(64 * 1024)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setWebSocketSubProtocols(List.of(WebSocketEndpoint.PROTOCOL))
            .setMaxWebSocketFrameSize(http.maxBodyBytes())
            .setMaxWebSocketMessageSize(http.maxBodyBytes());
    Path cert = http.tls().cert();
    Path key = http.tls().key();
    if (cert != null && key != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(cert.toString()).setKeyPath(key.toString()));
    }
    return options;
  }
}
