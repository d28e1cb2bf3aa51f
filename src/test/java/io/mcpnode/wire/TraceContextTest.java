package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @ParameterizedTest
  @CsvSource({"00,false", "01,true", "02,false", "03,true", "fe,false", "ff,true"})
  void theLowestBitOfTheFlagsTellsWhetherItIsSampled(String flags, boolean sampled) {
    assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-" + flags))
        .isEqualTo(new TraceContext(TRACE, SPAN, sampled));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    TraceContext context = new TraceContext(TRACE, SPAN, true);
    assertThat(context).hasToString("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(TraceContext.parse(context.toString())).isEqualTo(context);
  }

  @Test
  void ofALaterVersionWhatIsKnownIsRead() {
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-what-ever"))
        .isEqualTo(new TraceContext(TRACE, SPAN, true));
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01")).isNotNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void anythingElseIsIgnored(String text) {
    assertThat(TraceContext.parse(text)).isNull();
  }

  @Test
  void idsAreChecked() {
    assertThatThrownBy(() -> new TraceContext("x", SPAN, true)).hasMessageContaining("traceId");
    assertThatThrownBy(() -> new TraceContext(TRACE, "x", true)).hasMessageContaining("spanId");
    assertThat(TraceContext.isTraceId(TRACE)).isTrue();
    assertThat(TraceContext.isTraceId(TRACE + "0")).isFalse();
    assertThat(TraceContext.isTraceId("0".repeat(32))).isFalse();
  }
}
