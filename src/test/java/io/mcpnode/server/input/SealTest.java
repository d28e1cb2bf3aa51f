package io.mcpnode.server.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.Clock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final byte[] TEXT = "who, what, until".getBytes(StandardCharsets.UTF_8);

  private long now = 1_800_000_000_000L;

  private final Clock clock =
      new Clock() {
        @Override
        public long millis() {
          return now;
        }

        @Override
        public long nanos() {
          return now * 1_000_000;
        }
      };

  private final Seal seal = new Seal("secret".toCharArray(), clock, new SecureRandom());

  @Test
  void everyNodeWithTheSecretOpensIt() {
    Seal other = new Seal("secret".toCharArray(), clock, new SecureRandom());
    Seal.Opened opened = other.open(seal.seal(TEXT));
    assertThat(opened.text().getBytes()).isEqualTo(TEXT);
    assertThat(new Seal("other".toCharArray(), clock, new SecureRandom()).open(seal.seal(TEXT)))
        .isNull();
  }

  @Test
  void theSameTextIsSealedDifferentlyEachTime() {
    String one = seal.seal(TEXT);
    String two = seal.seal(TEXT);
    assertThat(one).isNotEqualTo(two);
    assertThat(seal.open(one).id()).isNotEqualTo(seal.open(two).id());
  }

  @Test
  void noBitOfItCanBeChanged() {
    byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(TEXT));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(seal.open(text)).as("bit %d", bit).isNull();
    }
  }

  @Test
  void whatIsNoSealedTextIsNotOpened() {
    assertThat(seal.open("")).isNull();
    assertThat(seal.open("no base64 !")).isNull();
    assertThat(seal.open("AQ")).isNull();
    assertThat(seal.open(seal.seal(TEXT) + "-TAMPERED")).isNull();
    assertThat(seal.open(seal.seal(TEXT).substring(1))).isNull();
  }

  @Test
  void theKeyOfTheHourBeforeIsStillKnownAndNoOlderOne() {
    String sealed = seal.seal(TEXT);
    now += Duration.ofHours(1).toMillis();
    assertThat(seal.open(sealed)).isNotNull();
    now += Duration.ofHours(1).toMillis();
    assertThat(seal.open(sealed)).isNull();
  }

  @Test
  void aNodeWhoseClockIsAheadIsUnderstood() {
    now += Duration.ofHours(1).toMillis();
    String sealed = seal.seal(TEXT);
    now -= Duration.ofHours(1).toMillis();
    assertThat(seal.open(sealed)).isNotNull();
  }
}
