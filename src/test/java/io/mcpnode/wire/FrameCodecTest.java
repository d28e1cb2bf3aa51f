package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

  record Ping(int number) implements WireMessage {}

  private static final WireCodec CODEC = WireCodec.of(Contract.of("test", 1, Ping.class));
  private static final NodeId N1 = new NodeId("n1", 7);
  private static final String NODE = "000000026e310000000000000007";
  private static final String PING = "00" + "00000005";

  private static final Body BODY = Body.of(CODEC, new Ping(5));

  @Test
  void theBytesAreTheFrozenOnes() {
    assertThat(hex(new Frame.Request(N1, 0x102, 3, 4, BODY)))
        .isEqualTo("01" + "0000000000000102" + "0000000000000003" + "00000004" + NODE + PING);
    assertThat(hex(new Frame.Tell(N1, 3, BODY))).isEqualTo("02" + "0000000000000003" + NODE + PING);
    assertThat(hex(new Frame.Further(N1, 9, BODY)))
        .isEqualTo("03" + "0000000000000009" + NODE + PING);
    assertThat(hex(new Frame.Event(9, 1, BODY)))
        .isEqualTo("04" + "0000000000000009" + "00000001" + PING);
    assertThat(hex(new Frame.Reply(9, 1, BODY)))
        .isEqualTo("05" + "0000000000000009" + "00000001" + PING);
    assertThat(hex(new Frame.Failed(9, Failure.NOT_OWNER, "x", N1, 2)))
        .isEqualTo(
            "06" + "0000000000000009" + "00" + "0000000178" + "01" + NODE + "0000000000000002");
    assertThat(hex(new Frame.Credit(N1, 9, 32)))
        .isEqualTo("07" + "0000000000000009" + "00000020" + NODE);
    assertThat(hex(new Frame.Audit(N1, 2, new long[] {9}, new int[] {1})))
        .isEqualTo("08" + "00000002" + NODE + "00000001" + "0000000000000009" + "00000001");
    assertThat(hex(new Frame.Audited(new long[] {9}, new int[] {-1})))
        .isEqualTo("09" + "00000001" + "0000000000000009" + "ffffffff");
  }

  @Test
  void framesAreReadFromTheMiddleOfABuffer() {
    Buffer out = Buffer.buffer("head");
    FrameCodec codec = new FrameCodec();
    codec.encodeToWire(out, new Frame.Request(N1, 1, 2, 3, BODY));
    Frame.Request read = (Frame.Request) codec.decodeFromWire(4, out);
    assertThat(read.from()).isEqualTo(N1);
    assertThat(read.remainingMillis()).isEqualTo(3);
    assertThat(read.body().message(CODEC)).isEqualTo(new Ping(5));
  }

  @Test
  void aRefusalKeepsItsReasonAndOwner() {
    WireException reason = read(Frame.Failed.of(1, WireException.notOwner(N1, 4))).reason();
    assertThat(reason.failure()).isEqualTo(Failure.NOT_OWNER);
    assertThat(reason.owner()).isEqualTo(N1);
    assertThat(reason.epoch()).isEqualTo(4);
    WireException plain =
        read(Frame.Failed.of(1, new WireException(Failure.DRAINING, "drains"))).reason();
    assertThat(plain.failure()).isEqualTo(Failure.DRAINING);
    assertThat(plain).hasMessage("drains");
  }

  private static Frame.Failed read(Frame frame) {
    Buffer out = Buffer.buffer();
    new FrameCodec().encodeToWire(out, frame);
    return (Frame.Failed) new FrameCodec().decodeFromWire(0, out);
  }

  private static String hex(Frame frame) {
    Buffer out = Buffer.buffer();
    new FrameCodec().encodeToWire(out, frame);
    return HexFormat.of().formatHex(out.getBytes());
  }
}
