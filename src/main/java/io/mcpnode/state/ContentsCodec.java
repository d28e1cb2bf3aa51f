package io.mcpnode.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The bytes of {@link Contents} as they are copied between nodes. The first byte is the format, so
 * that a newer version can read what an older one left; contents over a kilobyte are deflated.
 */
public final class ContentsCodec {

  private static final int PLAIN = 1;
  private static final int DEFLATED = 2;
  private static final int WORTH_DEFLATING = 1024;

  private ContentsCodec() {}

  public static byte[] encode(Contents contents) {
    byte[] fields = fields(contents);
    ByteArrayOutputStream out = new ByteArrayOutputStream(fields.length + 1);
    try {
      if (fields.length < WORTH_DEFLATING) {
        out.write(PLAIN);
        out.write(fields);
      } else {
        out.write(DEFLATED);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
          deflater.write(fields);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return out.toByteArray();
  }

  public static Contents decode(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
    try {
      return switch (bytes[0]) {
        case PLAIN -> read(new DataInputStream(in));
        case DEFLATED -> read(new DataInputStream(new InflaterInputStream(in)));
        default ->
            throw new IllegalArgumentException(
                "contents format: " + bytes[0] + " (expected: 1 or 2; a newer node wrote it?)");
      };
    } catch (IOException e) {
      throw new UncheckedIOException("contents cut short", e);
    }
  }

  private static byte[] fields(Contents contents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      SessionInfo session = contents.session();
      out.writeBoolean(session != null);
      if (session != null) {
        write(out, session.protocolVersion());
        write(out, session.clientInfo());
        write(out, session.clientCapabilities());
        out.writeBoolean(session.initialized());
        write(out, session.logLevel() == null ? "" : session.logLevel());
        out.writeInt(session.subscriptions().size());
        for (String uri : new TreeSet<>(session.subscriptions())) {
          write(out, uri);
        }
      }
      TaskInfo task = contents.task();
      out.writeBoolean(task != null);
      if (task != null) {
        TaskCodec.write(out, task);
      }
      out.writeInt(contents.values().size());
      for (Map.Entry<String, String> value : new TreeMap<>(contents.values()).entrySet()) {
        write(out, value.getKey());
        write(out, value.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  private static Contents read(DataInputStream in) throws IOException {
    SessionInfo session = in.readBoolean() ? session(in) : null;
    TaskInfo task = in.readBoolean() ? TaskCodec.read(in) : null;
    int count = in.readInt();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(string(in), string(in));
    }
    return new Contents(session, task, values);
  }

  private static SessionInfo session(DataInputStream in) throws IOException {
    String version = string(in);
    String info = string(in);
    String capabilities = string(in);
    boolean initialized = in.readBoolean();
    String level = string(in);
    Set<String> subscriptions = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      subscriptions.add(string(in));
    }
    return new SessionInfo(
        version, info, capabilities, initialized, level.isEmpty() ? null : level, subscriptions);
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String string(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
