package io.mcpnode.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends any bytes over TCP and reads HTTP responses: what polite HTTP clients refuse to do. */
final class RawClient implements Closeable {

  /** Header names in lower case. */
  record Response(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBuffer bytes, 0: what the system gives
   */
  RawClient(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** One whole response. A {@code 100 Continue} is a response of its own. */
  Response read() throws IOException {
    return read(false);
  }

  /**
   * @param toHead the request was HEAD: whatever Content-Length says, there is no body
   */
  Response read(boolean toHead) throws IOException {
    Response head = readHead();
    if (toHead || head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return head;
    }
    String body;
    if (head.header("transfer-encoding").equals("chunked")) {
      body = readChunks();
    } else if (!head.header("content-length").isEmpty()) {
      body = text(in.readNBytes(Integer.parseInt(head.header("content-length"))));
    } else {
      body = text(in.readAllBytes());
    }
    return new Response(head.status(), head.headers(), body);
  }

  Response readHead() throws IOException {
    String[] status = readLine().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    return new Response(Integer.parseInt(status[1]), headers, "");
  }

  /** One chunk of a chunked body; empty at the end. */
  String readChunk() throws IOException {
    int length = Integer.parseInt(readLine(), 16);
    String chunk = text(in.readNBytes(length));
    readLine();
    return chunk;
  }

  private String readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
      body.append(chunk);
    }
    return body.toString();
  }

  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + text(line.toByteArray()));
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return text(line.toByteArray());
  }

  byte[] readBytes(int length) throws IOException {
    return in.readNBytes(length);
  }

  /** True if the server closes the connection within ten seconds, having sent nothing more. */
  boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
