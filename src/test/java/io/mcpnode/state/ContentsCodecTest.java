package io.mcpnode.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentsCodecTest {

  static List<Contents> contents() {
    SessionInfo info = new SessionInfo("2025-11-25", "{\"name\":\"c\"}", "{}", true);
    return List.of(
        Contents.ofHandle(),
        Contents.ofSession(info),
        Contents.ofSession(info.withLogLevel("debug").subscribed("a:1").subscribed("ü:2")),
        Contents.ofSession(info).with("counter", "42").with("ünïcode", "\"✓\""),
        Contents.ofHandle().with("large", "\"" + "ab".repeat(100_000) + "\""));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void readsWhatItWrote(Contents contents) {
    assertThat(ContentsCodec.decode(ContentsCodec.encode(contents))).isEqualTo(contents);
  }

  @Test
  void largeContentsAreDeflated() {
    Contents large = Contents.ofHandle().with("large", "x".repeat(100_000));
    assertThat(ContentsCodec.encode(large)).hasSizeLessThan(1_000);
  }

  @Test
  void theBytesOfTheFirstFormatStayReadable() {
    byte[] bytes = ContentsCodec.encode(new Contents(null, null, Map.of("k", "1")));
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("01000000000001000000016b0000000131");
  }

  @Test
  void anUnknownFormatIsNamed() {
    assertThatThrownBy(() -> ContentsCodec.decode(new byte[] {9, 0}))
        .hasMessageContaining("contents format: 9 (expected: 1 or 2");
  }
}
