package io.mcpnode.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import org.jspecify.annotations.Nullable;

/** The bytes of {@link Frame}s: one for the kind, then the fields. Frozen with the addresses. */
final class FrameCodec implements MessageCodec<Frame, Frame> {

  static final String NAME = "mcp1";

  private static final byte REQUEST = 1;
  private static final byte TELL = 2;
  private static final byte FURTHER = 3;
  private static final byte EVENT = 4;
  private static final byte REPLY = 5;
  private static final byte FAILED = 6;
  private static final byte CREDIT = 7;
  private static final byte AUDIT = 8;
  private static final byte AUDITED = 9;

  private static final Failure[] FAILURES = Failure.values();

  @Override
  public void encodeToWire(Buffer out, Frame frame) {
    if (frame instanceof Frame.Request it) {
      out.appendByte(REQUEST).appendLong(it.id()).appendLong(it.sentMillis());
      out.appendInt(it.remainingMillis());
      ValueCodec.writeNode(it.from(), out);
      it.body().write(out);
    } else if (frame instanceof Frame.Reply it) {
      out.appendByte(REPLY).appendLong(it.id()).appendInt(it.events());
      it.body().write(out);
    } else if (frame instanceof Frame.Tell it) {
      out.appendByte(TELL).appendLong(it.sentMillis());
      ValueCodec.writeNode(it.from(), out);
      it.body().write(out);
    } else if (frame instanceof Frame.Further it) {
      out.appendByte(FURTHER).appendLong(it.id());
      ValueCodec.writeNode(it.from(), out);
      it.body().write(out);
    } else if (frame instanceof Frame.Event it) {
      out.appendByte(EVENT).appendLong(it.id()).appendInt(it.number());
      it.body().write(out);
    } else if (frame instanceof Frame.Failed it) {
      writeFailed(it, out);
    } else if (frame instanceof Frame.Credit it) {
      out.appendByte(CREDIT).appendLong(it.id()).appendInt(it.consumed());
      ValueCodec.writeNode(it.from(), out);
    } else if (frame instanceof Frame.Audit it) {
      out.appendByte(AUDIT).appendInt(it.lane());
      ValueCodec.writeNode(it.from(), out);
      writePairs(it.ids(), it.consumed(), out);
    } else if (frame instanceof Frame.Audited it) {
      out.appendByte(AUDITED);
      writePairs(it.ids(), it.sent(), out);
    }
  }

  @Override
  public Frame decodeFromWire(int from, Buffer buffer) {
    WireReader in = new WireReader(buffer, from);
    byte kind = in.readByte("frame");
    return switch (kind) {
      case REQUEST -> {
        long id = in.readLong("id");
        long sent = in.readLong("sent");
        int remaining = in.readInt("remaining");
        NodeId asker = in.readNode("from");
        yield new Frame.Request(asker, id, sent, remaining, Body.received(in.readRest()));
      }
      case REPLY ->
          new Frame.Reply(in.readLong("id"), in.readInt("events"), Body.received(in.readRest()));
      case TELL -> {
        long sent = in.readLong("sent");
        yield new Frame.Tell(in.readNode("from"), sent, Body.received(in.readRest()));
      }
      case FURTHER -> {
        long id = in.readLong("id");
        yield new Frame.Further(in.readNode("from"), id, Body.received(in.readRest()));
      }
      case EVENT ->
          new Frame.Event(in.readLong("id"), in.readInt("number"), Body.received(in.readRest()));
      case FAILED -> readFailed(in);
      case CREDIT -> {
        long id = in.readLong("id");
        int consumed = in.readInt("consumed");
        yield new Frame.Credit(in.readNode("from"), id, consumed);
      }
      case AUDIT -> {
        int lane = in.readInt("lane");
        NodeId asker = in.readNode("from");
        Pairs asked = readPairs(in);
        yield new Frame.Audit(asker, lane, asked.ids, asked.counts);
      }
      case AUDITED -> {
        Pairs answered = readPairs(in);
        yield new Frame.Audited(answered.ids, answered.counts);
      }
      default -> throw new IllegalArgumentException("frame: kind " + kind + " (expected: 1 to 9)");
    };
  }

  @SuppressWarnings("EnumOrdinal") // the place is what is written; new reasons go to the end
  private static void writeFailed(Frame.Failed it, Buffer out) {
    out.appendByte(FAILED).appendLong(it.id()).appendByte((byte) it.failure().ordinal());
    ValueCodec.writeString(it.message(), out);
    NodeId owner = it.owner();
    out.appendByte((byte) (owner == null ? 0 : 1));
    if (owner != null) {
      ValueCodec.writeNode(owner, out);
    }
    out.appendLong(it.epoch());
  }

  private static Frame readFailed(WireReader in) {
    long id = in.readLong("id");
    int place = in.readByte("failure") & 0xff;
    // A newer node may know more reasons: nothing is known of the outcome then.
    Failure failure = place < FAILURES.length ? FAILURES[place] : Failure.INDETERMINATE;
    String message = in.readString("message");
    @Nullable NodeId owner = in.readByte("owner") == 0 ? null : in.readNode("owner");
    return new Frame.Failed(id, failure, message, owner, in.readLong("epoch"));
  }

  private static void writePairs(long[] ids, int[] counts, Buffer out) {
    out.appendInt(ids.length);
    for (int i = 0; i < ids.length; i++) {
      out.appendLong(ids[i]).appendInt(counts[i]);
    }
  }

  private static Pairs readPairs(WireReader in) {
    int size = in.readLength("ids");
    long[] ids = new long[size];
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      ids[i] = in.readLong("id");
      counts[i] = in.readInt("count");
    }
    return new Pairs(ids, counts);
  }

  @Override
  public Frame transform(Frame frame) {
    return frame;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  private static final class Pairs {
    final long[] ids;
    final int[] counts;

    Pairs(long[] ids, int[] counts) {
      this.ids = ids;
      this.counts = counts;
    }
  }
}
