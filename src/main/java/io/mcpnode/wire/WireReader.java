package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;

/** Reads a received message from front to back and never past its end. One thread. */
final class WireReader {

  private final Buffer buffer;
  private int at;

  WireReader(Buffer buffer, int from) {
    this.buffer = buffer;
    this.at = from;
  }

  int left() {
    return buffer.length() - at;
  }

  byte readByte(String what) {
    int from = take(1, what);
    return buffer.getByte(from);
  }

  int readInt(String what) {
    int from = take(4, what);
    return buffer.getInt(from);
  }

  long readLong(String what) {
    int from = take(8, what);
    return buffer.getLong(from);
  }

  String readString(String what) {
    int length = readLength(what);
    int from = take(length, what);
    return buffer.getString(from, from + length);
  }

  NodeId readNode(String what) {
    String name = readString(what);
    return new NodeId(name, readLong(what));
  }

  /** A view of the received bytes, not a copy. */
  Buffer readBuffer(String what) {
    int length = readLength(what);
    int from = take(length, what);
    return buffer.slice(from, from + length);
  }

  /** All that is left. */
  Buffer readRest() {
    int from = at;
    at = buffer.length();
    return buffer.slice(from, at);
  }

  /** A number of bytes, or of elements that take one byte at least. */
  int readLength(String what) {
    int length = readInt(what);
    if (length < 0 || length > left()) {
      throw new IllegalArgumentException(
          what
              + ": length "
              + length
              + " at byte "
              + (at - 4)
              + " (expected: 0 to "
              + left()
              + ")");
    }
    return length;
  }

  void expectEnd() {
    if (left() != 0) {
      throw new IllegalArgumentException(
          "message: " + left() + " bytes too many at byte " + at + " (expected: its end)");
    }
  }

  private int take(int bytes, String what) {
    if (bytes > left()) {
      throw new IllegalArgumentException(
          what
              + ": ends at byte "
              + buffer.length()
              + " (expected: "
              + bytes
              + " bytes at "
              + at
              + ")");
    }
    int from = at;
    at += bytes;
    return from;
  }
}
