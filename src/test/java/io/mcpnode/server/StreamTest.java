package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.AnotherThread;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {

  private static final String CALL = Rig.call(7, "wait", "{},'_meta':{'progressToken':'t'}");

  private final Rig rig = new Rig();

  private FakeClient start(String session) {
    FakeClient client = new FakeClient();
    client.resumable = true;
    rig.node.message(Rig.request(session, CALL, MultiMap.caseInsensitiveMultiMap()), client);
    return client;
  }

  private FakeClient read(String session, String lastEventId) {
    FakeClient client = new FakeClient();
    client.resumable = true;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (lastEventId != null) {
      headers.set("Last-Event-ID", lastEventId);
    }
    rig.node.stream(Rig.request(session, "", headers), client);
    return client;
  }

  private ToolContext call() {
    return rig.contexts.get(0);
  }

  private void progress(int from, int to) {
    for (int i = from; i <= to; i++) {
      call().progress(i, Double.NaN, "");
    }
  }

  private void finish(String text) {
    rig.waiting.get(0).complete(ToolOutcome.text(text));
  }

  private void tick() {
    rig.streamsOf("n1").tick();
  }

  private static List<Integer> reported(FakeClient client) {
    return client.events.stream()
        .filter(event -> event.path("method").asText().equals("notifications/progress"))
        .map(event -> event.at("/params/progress").intValue())
        .toList();
  }

  private static String answer(FakeClient client) {
    JsonNode last = client.events.get(client.events.size() - 1);
    assertThat(last.get("id").intValue()).isEqualTo(7);
    return last.has("error")
        ? last.at("/error/code").asText()
        : last.at("/result/content/0/text").asText();
  }

  private String streamOf(FakeClient client) {
    return EventId.of(client.lastId()).stream();
  }

  @Test
  void eventsHaveIdsThatGrowAfterOneThatOnlyIsOne() {
    FakeClient client = start(rig.open("2025-11-25"));
    progress(1, 2);
    assertThat(client.ids).hasSize(3);
    assertThat(client.events).as("the first has no message").hasSize(2);
    assertThat(client.ids.stream().map(id -> EventId.of(id).offset()).toList())
        .containsExactly(1L, 2L, 3L);
    assertThat(client.ids.stream().map(id -> EventId.of(id).stream()).distinct()).hasSize(1);
    finish("done");
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18"})
  void olderClientsGetNoEventWithoutAMessage(String revision) {
    FakeClient client = start(rig.open(revision));
    progress(1, 2);
    assertThat(client.ids).hasSize(2);
    finish("done");
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  /** Its connection may end before the next event, and the client must know where it was. */
  @ParameterizedTest
  @CsvSource({"2025-11-25,true", "2025-06-18,false"})
  void whoComesBackIsToldAtOnceWhereItIs(String revision, boolean primed) {
    String session = rig.open(revision);
    FakeClient first = start(session);
    progress(1, 2);
    first.goAway();
    FakeClient second = read(session, first.lastId());
    assertThat(second.ids).hasSize(1);
    assertThat(second.lastId()).isEqualTo(primed ? first.lastId() : null);
    assertThat(second.events).isEmpty();
  }

  @Test
  void aCallThatSendsNothingHasNoLog() {
    String session = rig.open("2025-11-25");
    FakeClient client = start(session);
    finish("done");
    tick();
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
    assertThat(rig.affinity.keys(Kind.STREAM)).isEmpty();
  }

  @Test
  void aClientThatComesBackGetsTheRestOnceAndInOrder() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 3);
    String seen = first.ids.get(2);
    first.goAway();
    progress(4, 5);
    assertThat(call().isCancelled()).as("going away is no cancellation").isFalse();
    FakeClient second = read(session, seen);
    assertThat(reported(second)).containsExactly(3, 4, 5);
    progress(6, 7);
    finish("done");
    assertThat(reported(second)).containsExactly(3, 4, 5, 6, 7);
    assertThat(answer(second)).isEqualTo("done");
    assertThat(second.answered()).as("the stream ends with the answer").isTrue();
    FakeClient third = read(session, second.ids.get(2));
    assertThat(reported(third)).containsExactly(5, 6, 7);
    assertThat(answer(third)).isEqualTo("done");
  }

  @Test
  void aNodeThatLeavesStillGivesTheRestOfACall() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 2);
    first.goAway();
    rig.streamsOf("n1").leave();
    FakeClient second = read(session, first.lastId());
    progress(3, 3);
    finish("done");
    assertThat(reported(second)).containsExactly(3);
    assertThat(answer(second)).isEqualTo("done");
  }

  @Test
  void whoeverReadsLastReads() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    FakeClient second = read(session, first.lastId());
    FakeClient third = read(session, first.lastId());
    progress(2, 2);
    finish("done");
    assertThat(reported(first)).containsExactly(1);
    assertThat(reported(second)).isEmpty();
    assertThat(second.answered()).isTrue();
    assertThat(reported(third)).containsExactly(2);
    assertThat(answer(third)).isEqualTo("done");
  }

  @Test
  void theAnswerComesWhenAllCopiesHaveIt() {
    String session = rig.open("2025-11-25");
    FakeClient client = start(session);
    progress(1, 1);
    rig.affinity.holdCopies();
    finish("done");
    assertThat(client.answered()).isFalse();
    rig.affinity.release();
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @Test
  void aCallWhoseNodeIsLostEndsHonestly() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 3);
    rig.clock.pass(Duration.ofMillis(50));
    tick();
    rig.affinity.hosted(streamOf(first)).claimed();
    FakeClient second = read(session, first.ids.get(1));
    assertThat(reported(second)).containsExactly(2, 3);
    assertThat(answer(second)).isEqualTo("-32010");
    assertThat(second.answered()).isTrue();
    FakeClient ahead = read(session, first.ids.get(3).replace(".4.", ".99."));
    assertThat(answer(ahead)).as("it had seen more than was copied").isEqualTo("-32010");
  }

  @Test
  void theEdgeGoesOnWithTheLogOfACallWhoseNodeIsLost() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 2);
    rig.clock.pass(Duration.ofMillis(50));
    tick();
    FakeClient client = new FakeClient();
    client.resumable = true;
    EdgeReply edge =
        new EdgeReply(
                client, new Failures(new Answers("n3")), null, Failures.Asked.IN_SESSION, null)
            .resumedBy((there, last) -> readInto(there, session, last));
    assertThat(edge.mayRepeat()).isTrue();
    edge.event(Buffer.buffer("{}"), first.ids.get(1));
    assertThat(edge.mayRepeat()).as("the client has heard of it").isFalse();
    rig.affinity.hosted(streamOf(first)).claimed();
    edge.fail(new WireException(Failure.INDETERMINATE, "left"));
    assertThat(reported(client)).containsExactly(2);
    assertThat(answer(client)).isEqualTo("-32010");
  }

  private void readInto(ClientReply client, String session, String last) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Last-Event-ID", last);
    rig.node.stream(Rig.request(session, "", headers), client);
  }

  @Test
  void anAnswerOutlivesItsNode() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    first.goAway();
    finish("done");
    rig.affinity.hosted(streamOf(first)).claimed();
    assertThat(answer(read(session, first.lastId()))).isEqualTo("done");
  }

  @Test
  void aClientWhoseHistoryIsGoneIsTold() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    FakeClient second = read(session, "Enever.1.3." + first.lastId().split("\\.")[3]);
    assertThat(answer(second)).isEqualTo("-32010");
    assertThat(second.answered()).isTrue();
  }

  @Test
  void aLogThatIsGoneIsNoEndOfTheSession() {
    String session = rig.open("2025-11-25");
    assertThat(read(session, "Enever.1.3").shown()).isEqualTo("400 -32000");
    rig.affinity.hideAll();
    rig.affinity.executeWith(rig.node);
    assertThat(read(session, "Enever.1.3").answer().status()).as("owned elsewhere").isEqualTo(400);
    rig.affinity.failDispatch(Failure.NO_QUORUM);
    assertThat(read(session, "Enever.1.3").answer().status()).as("nobody can say").isEqualTo(503);
  }

  @Test
  void aLogIsNotReadWithoutItsSession() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    String seen = first.ids.get(0);
    finish("done");
    assertThat(answer(read(session, seen))).isEqualTo("done");
    FakeClient foreign = new FakeClient();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Last-Event-ID", seen);
    rig.node.stream(
        new ClientRequest(
            ClientRequest.Transport.HTTP, Buffer.buffer(), session, headers, "somebody else"),
        foreign);
    assertThat(foreign.answer().status()).as("of another client").isEqualTo(404);
    assertThat(foreign.events).isEmpty();
    assertThat(read("never", seen).answer().status()).as("that never was").isEqualTo(404);
    rig.node.end(Rig.request(session, "", MultiMap.caseInsensitiveMultiMap()), new FakeClient());
    FakeClient late = read(session, seen);
    assertThat(late.answer().status()).as("that has ended").isEqualTo(404);
    assertThat(late.events).isEmpty();
  }

  @Test
  void nobodyElseReadsIt() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    FakeClient second = read(rig.open("2025-11-25"), first.lastId());
    progress(2, 2);
    assertThat(reported(second)).isEmpty();
    assertThat(reported(first)).containsExactly(1, 2);
  }

  @Test
  void aSlowReaderFindsWhatWaitedInTheLog() {
    FakeClient client = start(rig.open("2025-11-25"));
    progress(1, 1);
    Promise<Void> room = Promise.promise();
    client.room = room.future();
    call().progress(2, Double.NaN, "");
    call().progress(3, Double.NaN, "");
    finish("done");
    assertThat(client.answered()).as("the answer waits behind the events").isFalse();
    client.room = Future.succeededFuture();
    room.complete();
    assertThat(reported(client)).as("3 had no room and waited").containsExactly(1, 2, 3);
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  /** They may hold a lock that somebody else holds who sends: neither would ever go on. */
  @Test
  void whoeverWaitsForRoomIsToldWithoutTheLockOfTheStream() {
    FakeClient client = start(rig.open("2025-11-25"));
    progress(1, 1);
    Promise<Void> room = Promise.promise();
    client.room = room.future();
    CallOutput sender = (CallOutput) call();
    Buffer message = Buffer.buffer("{}");
    Future<Void> more = sender.send(message);
    List<Boolean> free = new ArrayList<>();
    more.onComplete(done -> free.add(AnotherThread.can(() -> sender.send(message))));
    client.room = Future.succeededFuture();
    room.complete();
    assertThat(free).containsExactly(true);
  }

  @Test
  void aClientThatMissedMoreThanIsKeptIsTold() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    String seen = first.lastId();
    first.goAway();
    progress(2, 300);
    FakeClient second = read(session, seen);
    assertThat(second.events.get(0).at("/params/data").asText())
        .isEqualTo("43 earlier messages of this stream are no longer available");
    assertThat(reported(second)).hasSize(256).startsWith(45).endsWith(300);
  }

  @Test
  void aLargeAnswerIsGivenButNotCopied() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    progress(1, 1);
    String large = "x".repeat(EventLog.MAX_BYTES);
    finish(large);
    assertThat(first.shown()).isEqualTo(Rig.text(large));
    assertThat(answer(read(session, first.lastId()))).isEqualTo(large);
    rig.affinity.hosted(streamOf(first)).claimed();
    assertThat(answer(read(session, first.lastId()))).isEqualTo("-32603");
  }

  @Test
  void aSlowCallGetsAnIdToComeBackWith() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    rig.clock.pass(Duration.ofMillis(999));
    tick();
    assertThat(first.ids).isEmpty();
    rig.clock.pass(Duration.ofMillis(1));
    tick();
    assertThat(first.ids).hasSize(1);
    first.goAway();
    finish("done");
    assertThat(answer(read(session, first.lastId()))).isEqualTo("done");
  }

  @Test
  void aToolCanLetItsClientPoll() {
    String session = rig.open("2025-11-25");
    FakeClient first = start(session);
    call().closeStream();
    assertThat(first.ids).hasSize(1);
    assertThat(first.disconnected).isTrue();
    finish("done");
    assertThat(answer(read(session, first.lastId()))).isEqualTo("done");
  }

  @Test
  void olderClientsAreNotLetGo() {
    FakeClient client = start(rig.open("2025-06-18"));
    call().closeStream();
    finish("done");
    assertThat(client.disconnected).isFalse();
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @Test
  void aLogIsForgottenAMinuteAfterItsEnd() {
    FakeClient client = start(rig.open("2025-11-25"));
    progress(1, 1);
    finish("done");
    rig.clock.pass(Duration.ofSeconds(59));
    tick();
    assertThat(rig.affinity.keys(Kind.STREAM)).containsExactly(streamOf(client));
    rig.clock.pass(Duration.ofSeconds(1));
    tick();
    assertThat(rig.affinity.keys(Kind.STREAM)).isEmpty();
    assertThat(rig.meters.get("mcp.streams").gauge().value()).isZero();
  }

  @Test
  void aCancelledCallLeavesNoLog() {
    String session = rig.open("2025-11-25");
    FakeClient client = start(session);
    progress(1, 1);
    rig.post(
        session,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    assertThat(client.shown()).isEqualTo("202");
    tick();
    assertThat(rig.affinity.keys(Kind.STREAM)).isEmpty();
  }

  @Test
  void aCallWithoutACopyOfItsLogIsAnsweredAllTheSame() {
    String session = rig.open("2025-11-25");
    FakeClient client = start(session);
    rig.affinity.failCreate(Failure.OVERLOADED);
    progress(1, 2);
    finish("done");
    assertThat(reported(client)).containsExactly(1, 2);
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @Test
  void aSlowCallThatCannotStreamKeepsNoOtherFromIt() {
    List<FakeClient> slow = List.of(start(rig.open("2025-11-25")), start(rig.open("2025-11-25")));
    rig.clock.pass(Duration.ofSeconds(2));
    rig.affinity.throwAtNewKey();
    tick();
    assertThat(rig.affinity.keys(Kind.STREAM)).hasSize(1);
    rig.waiting.forEach(tool -> tool.complete(ToolOutcome.text("done")));
    assertThat(slow).allSatisfy(client -> assertThat(client.shown()).isEqualTo(Rig.text("done")));
  }
}
