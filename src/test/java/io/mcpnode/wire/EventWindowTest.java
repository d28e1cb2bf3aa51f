package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWindowTest {

  private final List<String> sent = new ArrayList<>();
  private final EventWindow<String> window =
      new EventWindow<>(2, 1, (number, event) -> sent.add(number + event));

  private Future<Void> offer(String event) {
    Promise<Void> room = Promise.promise();
    window.offer(event, room);
    return room.future();
  }

  @Test
  void theFutureCompletesWhenThereIsRoomForAnother() {
    assertThat(offer("a").succeeded()).isTrue();
    Future<Void> last = offer("b");
    assertThat(last.isComplete()).isFalse();
    window.consumed(1);
    assertThat(last.succeeded()).isTrue();
    assertThat(sent).containsExactly("1a", "2b");
  }

  @Test
  void whatWaitsIsSentInOrderWhenThereIsRoom() {
    offer("a");
    offer("b");
    Future<Void> waiting = offer("c");
    assertThat(sent).containsExactly("1a", "2b");
    window.consumed(1);
    assertThat(sent).containsExactly("1a", "2b", "3c");
    assertThat(waiting.isComplete()).isFalse();
    window.consumed(2);
    assertThat(waiting.succeeded()).isTrue();
  }

  @Test
  void overTheBoundAnEventIsRefusedAndNotSent() {
    offer("a");
    offer("b");
    offer("c");
    Future<Void> refused = offer("d");
    assertThat(((WireException) refused.cause()).failure()).isEqualTo(Failure.OVERLOADED);
    window.consumed(2);
    assertThat(sent).containsExactly("1a", "2b", "3c");
  }

  @Test
  void theEndSendsWhatWaits() {
    offer("a");
    offer("b");
    Future<Void> waiting = offer("c");
    assertThat(window.drain()).isEqualTo(3);
    assertThat(sent).containsExactly("1a", "2b", "3c");
    assertThat(waiting.succeeded()).isTrue();
  }

  @Test
  void creditForWhatWasNeverSentChangesNothing() {
    offer("a");
    offer("b");
    window.consumed(50);
    offer("c");
    assertThat(sent).containsExactly("1a", "2b");
  }
}
