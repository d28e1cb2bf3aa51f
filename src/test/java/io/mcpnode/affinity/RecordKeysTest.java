package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.state.Kind;
import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeysTest {

  @ParameterizedTest
  @EnumSource(names = "NAME", mode = EnumSource.Mode.EXCLUDE)
  void whatIsMadeIsAKeyOfItsKind(Kind kind) {
    String key = RecordKeys.create(kind, new SecureRandom());
    assertThat(RecordKeys.isKey(key)).as(key).isTrue();
    assertThat(kind.names(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zzz",
        "S",
        "SAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "SAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "NAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "SAAAAAAAAAAAAAAAAAAAAAAAAAA="
      })
  void anythingElseIsNone(String text) {
    assertThat(RecordKeys.isKey(text)).isFalse();
  }
}
