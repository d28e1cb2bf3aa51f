package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  enum Colour {
    RED,
    GREEN
  }

  sealed interface Shape extends WireMessage permits Dot, Pair {}

  record Dot(int x) implements Shape {}

  record Pair(Shape left, Dot right) implements Shape {}

  record Everything(
      boolean yes,
      int number,
      long big,
      double real,
      String text,
      NodeId node,
      Buffer bytes,
      Colour colour,
      List<String> names,
      Dot dot)
      implements WireMessage {}

  private static final Contract V1 =
      Contract.of("test", 1, Everything.class, Dot.class, Pair.class);
  private static final WireCodec CODEC = WireCodec.of(V1);

  private static final Everything FULL =
      new Everything(
          true,
          -2,
          3L,
          1.5,
          "hé",
          new NodeId("n1", 7),
          Buffer.buffer(new byte[] {9, 8}),
          Colour.GREEN,
          List.of("a", "bc"),
          new Dot(5));

  @Test
  void theBytesAreTheFrozenOnes() {
    assertThat(HexFormat.of().formatHex(CODEC.encode(FULL).getBytes()))
        .isEqualTo(
            "00" // tag
                + "01" // yes
                + "fffffffe"
                + "0000000000000003"
                + "3ff8000000000000"
                + "01"
                + "00000003"
                + "68c3a9"
                + "01"
                + "00000002"
                + "6e31"
                + "0000000000000007"
                + "01"
                + "00000002"
                + "0908"
                + "01"
                + "01"
                + "01"
                + "00000002"
                + "01"
                + "00000001"
                + "61"
                + "01"
                + "00000002"
                + "6263"
                + "01"
                + "00000005");
  }

  @Test
  void whatWasWrittenIsRead() {
    assertThat(CODEC.decode(CODEC.encode(FULL))).isEqualTo(FULL);
    Pair nested = new Pair(new Pair(new Dot(1), new Dot(2)), new Dot(3));
    assertThat(CODEC.decode(CODEC.encode(nested))).isEqualTo(nested);
  }

  @Test
  void anyReferenceMayBeNull() {
    Everything empty = new Everything(false, 0, 0, 0, null, null, null, null, null, null);
    assertThat(CODEC.decode(CODEC.encode(empty))).isEqualTo(empty);
  }

  @Test
  void aListWithNullsIsReadAsOne() {
    Everything holes =
        new Everything(false, 0, 0, 0, null, null, null, null, Arrays.asList("a", null), null);
    assertThat(CODEC.decode(CODEC.encode(holes))).isEqualTo(holes);
  }

  @Test
  void everyTruncationIsRefused() {
    Buffer whole = CODEC.encode(FULL);
    for (int length = 0; length < whole.length(); length++) {
      Buffer cut = whole.getBuffer(0, length);
      assertThatThrownBy(() -> CODEC.decode(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    assertThatThrownBy(() -> CODEC.decode(CODEC.encode(new Dot(1)).appendByte((byte) 0)))
        .hasMessageContaining("1 bytes too many");
  }

  @Test
  void aLengthThatExceedsTheMessageIsRefusedBeforeAnythingIsAllocated() {
    Buffer huge = CODEC.encode(FULL);
    int textLength = 1 + 1 + 4 + 8 + 8 + 1;
    huge.setInt(textLength, Integer.MAX_VALUE);
    assertThatThrownBy(() -> CODEC.decode(huge)).hasMessageContaining("Everything.text: length");
    huge.setInt(textLength, -1);
    assertThatThrownBy(() -> CODEC.decode(huge)).hasMessageContaining("length -1");
  }

  @Test
  void anUnknownTagIsRefused() {
    assertThatThrownBy(() -> CODEC.decode(Buffer.buffer(new byte[] {77})))
        .hasMessage("test.v1: message 77 (expected: 0 to 2)");
  }

  @Test
  void aMessageOfAnotherContractIsRefused() {
    record Stranger() implements WireMessage {}
    assertThatThrownBy(() -> CODEC.encode(new Stranger())).hasMessageContaining("of test.v1");
  }

  @Test
  void aComponentThatCannotBeWrittenIsRefusedWhenTheCodecIsBuilt() {
    record Bad(Object what) implements WireMessage {}
    assertThatThrownBy(() -> WireCodec.of(Contract.of("bad", 1, Bad.class)))
        .hasMessageContaining("Bad.what: java.lang.Object (expected: boolean");
  }
}
