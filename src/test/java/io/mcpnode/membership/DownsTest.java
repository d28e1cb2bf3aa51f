package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownsTest {

  private static final View ANY = new View(1, List.of());

  private final Downs downs = new Downs(Clock.SYSTEM);

  private static Member member(String name, long incarnation) {
    return new Member(new NodeId(name, incarnation), "127.0.0.1", 1, "1.0", 0);
  }

  @Test
  void aNodeIsDownUntilOneOfItsNameIsUp() {
    downs.gone(ANY, member("n1", 1), Departure.UNREACHABLE);
    assertThat(downs.list()).extracting(Downs.Down::reason).containsExactly("unreachable");
    downs.provenDead(member("n1", 1));
    assertThat(downs.list())
        .extracting(Downs.Down::reason)
        .containsExactly("died: its port refuses connections");
    downs.joined(ANY, member("n1", 2));
    assertThat(downs.list()).isEmpty();
  }

  @Test
  void theListIsBounded() {
    for (int i = 0; i < 250; i++) {
      downs.gone(ANY, member("n" + i, 1), Departure.LEFT);
    }
    assertThat(downs.list()).hasSize(100);
    assertThat(downs.list().get(99).member().id().name()).isEqualTo("n249");
  }
}
