package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.protocol.RequestId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressRelayTest {

  private final List<Integer> sent = new ArrayList<>();
  private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
  private Promise<Void> room = Promise.promise();
  private final ProgressRelay relay =
      new ProgressRelay(RequestId.ofString("t"), this::send, dropped);

  private Future<Void> send(Buffer message) {
    sent.add(message.toJsonObject().getJsonObject("params").getInteger("progress"));
    return room.future();
  }

  private void report(int from, int to) {
    for (int i = from; i <= to; i++) {
      relay.report(i, 100, "");
    }
  }

  /** For this one; the next one has to wait again. */
  private void makeRoom() {
    Promise<Void> now = room;
    room = Promise.promise();
    now.complete();
  }

  @Test
  void whatHasNoRoomWaitsForIt() {
    report(1, 3);
    assertThat(sent).containsExactly(1);
    makeRoom();
    assertThat(sent).containsExactly(1, 2);
    makeRoom();
    assertThat(sent).containsExactly(1, 2, 3);
    assertThat(dropped.count()).isZero();
  }

  @Test
  void theOldestOfTooManyAreDroppedAndCounted() {
    report(1, 20);
    relay.close();
    assertThat(sent).hasSize(17).startsWith(1, 5, 6).endsWith(20);
    assertThat(dropped.count()).isEqualTo(3);
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    report(1, 2);
    relay.close();
    report(3, 4);
    makeRoom();
    assertThat(sent).containsExactly(1, 2);
  }

  @Test
  void whatCanNotBeSentIsCounted() {
    room.fail("gone");
    report(1, 2);
    assertThat(dropped.count()).isEqualTo(2);
  }
}
