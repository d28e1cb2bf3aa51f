package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRingTest {

  private final EventRing ring = new EventRing("n1#7", 3);

  private static ClusterEvent event(String message) {
    return new ClusterEvent(0, ClusterEvent.Type.HEALTH, "n1", message, new JsonObject());
  }

  private static List<String> messages(List<EventRing.Numbered> events) {
    return events.stream().map(numbered -> numbered.event().message()).toList();
  }

  @Test
  void aClientGetsWhatCameAfterItsLastId() {
    String first = ring.add(event("a")).id();
    ring.add(event("b"));
    String third = ring.add(event("c")).id();
    assertThat(ring.after(first).complete()).isTrue();
    assertThat(messages(ring.after(first).events())).containsExactly("b", "c");
    assertThat(ring.after(third)).isEqualTo(new EventRing.Missed(true, List.of()));
  }

  @Test
  void whoWasAwayForTooLongIsToldThatSomethingIsMissing() {
    String first = ring.add(event("a")).id();
    String second = ring.add(event("b")).id();
    List.of("c", "d", "e").forEach(message -> ring.add(event(message)));
    assertThat(ring.after(first).complete()).isFalse();
    assertThat(messages(ring.after(first).events())).containsExactly("c", "d", "e");
    assertThat(ring.after(second).complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1#8:1",
        "n2#7:1",
        "n1#7:4",
        "n1#7:",
        "n1#7:x",
        "n1#7:-1",
        "7",
        "n1#7:9999999999999999999"
      })
  void anIdOfAnotherRunOrNobodyMeansAGap(String id) {
    ring.add(event("a"));
    assertThat(ring.after(id).complete()).isFalse();
    assertThat(messages(ring.after(id).events())).containsExactly("a");
  }

  @Test
  void theLastOnesAreKept() {
    List.of("a", "b", "c", "d").forEach(message -> ring.add(event(message)));
    assertThat(messages(ring.recent(10))).containsExactly("b", "c", "d");
    assertThat(messages(ring.recent(1))).containsExactly("d");
    assertThat(ring.recent(0)).isEmpty();
  }
}
