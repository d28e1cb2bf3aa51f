package io.mcpnode.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** One event as the HTML standard writes it. */
final class SseFrame {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {'\n', '\n'};

  /** Of an event that only gives the client an id, and tells how soon it may come back. */
  private static final String PRIMING = "retry: 1000\ndata: \n\n";

  private SseFrame() {}

  /** With an id that the client comes back with, should it lose the connection. */
  static Buffer of(Buffer message, String id) {
    Buffer frame = Buffer.buffer("id: " + id + "\n");
    return message.length() == 0 ? frame.appendString(PRIMING) : frame.appendBuffer(of(message));
  }

  /**
   * Messages are JSON on one line. Should one have line breaks all the same, which JSON allows
   * between tokens, each line becomes a data line: the reader joins them again.
   */
  static Buffer of(Buffer message) {
    byte[] bytes = message.getBytes();
    Buffer frame = Buffer.buffer(DATA.length + bytes.length + END.length).appendBytes(DATA);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        frame.appendBytes(bytes, from, i - from).appendByte((byte) '\n').appendBytes(DATA);
        from = i + 1;
      }
    }
    return frame.appendBytes(bytes, from, bytes.length - from).appendBytes(END);
  }
}
