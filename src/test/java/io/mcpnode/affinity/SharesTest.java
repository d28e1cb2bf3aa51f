package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

  private final Shares shares = new Shares(new LinkedHashMap<>(Map.of("n2", 1L, "n3", 3L)));

  @Test
  void whoeverHasMostToGetIsNextUntilAllIsGiven() {
    assertThat(shares.take()).isEqualTo("n3");
    assertThat(shares.take()).isEqualTo("n3");
    assertThat(shares.remaining()).isEqualTo(2);
    shares.take();
    shares.take();
    assertThat(shares.take()).isNull();
    assertThat(shares.remaining()).isZero();
  }

  @Test
  void whatDidNotMoveHasStillToBeGiven() {
    shares.take();
    shares.giveBack("n3");
    assertThat(shares.remaining()).isEqualTo(4);
  }

  @Test
  void aTargetThatIsDroppedGetsNothingMore() {
    shares.take();
    shares.drop("n3");
    shares.giveBack("n3");
    assertThat(shares.remaining()).isEqualTo(1);
    assertThat(shares.take()).isEqualTo("n2");
    assertThat(shares.take()).isNull();
  }
}
