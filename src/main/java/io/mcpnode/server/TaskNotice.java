package io.mcpnode.server;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * How a task stands, for a node whose client listens.
 *
 * @param version of the record
 * @param terminal there is nothing to be heard after this
 * @param message the notification
 */
record TaskNotice(long version, boolean terminal, Buffer message) {

  /** The version, a T at the end, a line feed, the message. */
  Buffer encode() {
    String head = version + (terminal ? "T\n" : "\n");
    return Buffer.buffer(head.length() + message.length()).appendString(head).appendBuffer(message);
  }

  static TaskNotice decode(Buffer body) {
    int end = 0;
    while (body.getByte(end) != '\n') {
      end++;
    }
    String head = body.getString(0, end, StandardCharsets.US_ASCII.name());
    boolean terminal = head.endsWith("T");
    return new TaskNotice(
        Long.parseLong(terminal ? head.substring(0, end - 1) : head),
        terminal,
        body.slice(end + 1, body.length()));
  }
}
