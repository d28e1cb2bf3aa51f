package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNewsTest {

  private static final String TOOLS = "notifications/tools/list_changed";
  private static final String PROMPTS = "notifications/prompts/list_changed";
  private static final String RESOURCES = "notifications/resources/list_changed";
  private static final String UPDATED = "notifications/resources/updated";

  private final Rig rig = new Rig();
  private final Announcements elsewhere = rig.streams("n2").announcements();

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

  private static List<String> methods(FakeClient client) {
    return client.events.stream().map(event -> event.get("method").asText()).toList();
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26,false", "2025-06-18,false", "2025-11-25,true"})
  void theStreamIsOpenAtOnce(String revision, boolean primed) {
    FakeClient client = read(rig.open(revision), null);
    assertThat(client.ids).hasSize(1);
    assertThat(client.lastId() != null).isEqualTo(primed);
    assertThat(client.answered()).isFalse();
  }

  @Test
  void whatChangesAnywhereIsHeard() {
    FakeClient client = read(rig.open("2025-11-25"), null);
    elsewhere.toolsChanged();
    elsewhere.promptsChanged();
    elsewhere.resourceUpdated("test://a");
    assertThat(client.events.get(0).toString())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"" + TOOLS + "\"}");
    assertThat(methods(client)).containsExactly(TOOLS, PROMPTS);
  }

  @Test
  void updatesOfResourcesAreHeardBySubscribers() {
    rig.streamsOf("n1").subscriptions(session -> List.of("test://a"));
    FakeClient client = read(rig.open("2025-11-25"), null);
    elsewhere.resourceUpdated("test://b");
    elsewhere.resourceUpdated("test://a");
    assertThat(client.events.get(0).toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\""
                + UPDATED
                + "\",\"params\":{\"uri\":\"test://a\"}}");
    assertThat(client.events).hasSize(1);
  }

  @Test
  void theClientThatWasSentToAPageAloneHearsThatItsUserIsDone() {
    String pages = "{'elicitation':{'url':{}}}";
    String session = rig.open("2025-11-25", pages);
    FakeClient client = read(session, null);
    FakeClient other = read(rig.open("2025-11-25", pages), null);
    elsewhere.elicitationComplete(session, "e-1");
    assertThat(client.events.get(0).toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/elicitation/complete\","
                + "\"params\":{\"elicitationId\":\"e-1\"}}");
    assertThat(client.events).hasSize(1);
    assertThat(other.events).isEmpty();
    String seen = client.lastId();
    client.goAway();
    elsewhere.elicitationComplete(session, "e-2");
    assertThat(read(session, seen).events.get(0).at("/params/elicitationId").asText())
        .as("later, if it was away")
        .isEqualTo("e-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-11-25|{'elicitation':{}}",
        "2025-06-18|{'elicitation':{'url':{}}}",
        "2025-03-26|{'elicitation':{'url':{}}}",
      })
  void aClientThatKnowsNoPagesHearsNothingOfThem(String revision, String declared) {
    String session = rig.open(revision, declared);
    FakeClient client = read(session, null);
    elsewhere.elicitationComplete(session, "e-1");
    elsewhere.toolsChanged();
    assertThat(methods(client)).containsExactly(TOOLS);
  }

  @Test
  void aClientThatComesBackHearsWhatItMissed() {
    String session = rig.open("2025-11-25");
    FakeClient first = read(session, null);
    elsewhere.toolsChanged();
    String seen = first.lastId();
    first.goAway();
    elsewhere.promptsChanged();
    elsewhere.promptsChanged();
    assertThat(methods(read(session, seen))).containsExactly(PROMPTS);
  }

  /** As where there is everything, and may be something else later. */
  private void promiseAll() {
    rig.streamsOf("n1").promised(change -> true);
  }

  @Test
  void afterTheLossOfTheOwnerAllMayHaveChanged() {
    promiseAll();
    String session = rig.open("2025-11-25");
    rig.streamsOf("n1").subscriptions(hosted -> List.of("test://a"));
    FakeClient first = read(session, null);
    rig.affinity.hosted(session).claimed();
    rig.streamsOf("n1").tick();
    assertThat(methods(first))
        .as("the edge goes on there by itself")
        .containsExactly(TOOLS, PROMPTS, RESOURCES, UPDATED);
    assertThat(first.answered()).isFalse();
    elsewhere.toolsChanged();
    assertThat(first.events).hasSize(5);
  }

  @Test
  void anIdThatIsNoneOfOursIsAHistoryThatIsGone() {
    promiseAll();
    FakeClient client = read(rig.open("2025-11-25"), "who knows");
    assertThat(methods(client)).containsExactly(TOOLS, PROMPTS, RESOURCES);
  }

  @Test
  void nobodyHearsOfListsThatNeverChange() {
    rig.streamsOf("n1").promised(change -> false);
    assertThat(methods(read(rig.open("2025-11-25"), "who knows"))).isEmpty();
    rig.streamsOf("n1").promised(change -> change == StreamsProtocol.Change.TOOLS);
    assertThat(methods(read(rig.open("2025-11-25"), "who knows"))).containsExactly(TOOLS);
  }

  @Test
  void eachPieceOfNewsGoesOutOnOneStream() {
    String session = rig.open("2025-11-25");
    FakeClient older = read(session, null);
    FakeClient younger = read(session, null);
    elsewhere.toolsChanged();
    assertThat(older.events).isEmpty();
    assertThat(younger.events).hasSize(1);
    younger.goAway();
    elsewhere.promptsChanged();
    assertThat(methods(older)).containsExactly(PROMPTS);
  }

  /** "The ID MUST be globally unique across all streams within that session." */
  @Test
  void noTwoStreamsShareAnId() {
    String session = rig.open("2025-11-25");
    List<FakeClient> clients = new ArrayList<>();
    for (int i = 0; i < SessionNews.MAX_READERS; i++) {
      clients.add(read(session, null));
      elsewhere.toolsChanged();
    }
    List<String> ids = clients.stream().flatMap(client -> client.ids.stream()).toList();
    assertThat(ids).hasSize(2 * SessionNews.MAX_READERS).doesNotHaveDuplicates();
  }

  /** "The server MUST NOT replay messages that would have been delivered on a different stream." */
  @Test
  void aStreamThatIsResumedGetsNothingOfAnotherOne() {
    String session = rig.open("2025-11-25");
    FakeClient older = read(session, null);
    FakeClient younger = read(session, null);
    elsewhere.toolsChanged();
    older.goAway();
    FakeClient resumed = read(session, older.lastId());
    assertThat(resumed.lastId()).isEqualTo(older.lastId());
    assertThat(methods(resumed)).isEmpty();
    elsewhere.promptsChanged();
    assertThat(methods(resumed)).as("the youngest now").containsExactly(PROMPTS);
    younger.goAway();
    assertThat(methods(read(session, younger.ids.get(0))))
        .as("what was lost on its way")
        .containsExactly(TOOLS);
  }

  @Test
  void whatADeadConnectionDidNotTakeGoesToAnother() {
    String session = rig.open("2025-11-25");
    FakeClient older = read(session, null);
    FakeClient dead = read(session, null);
    dead.room = Future.failedFuture(new IllegalStateException("broken"));
    elsewhere.toolsChanged();
    assertThat(methods(older)).containsExactly(TOOLS);
    Promise<Void> room = Promise.promise();
    FakeClient dying = read(session, null);
    dying.room = room.future();
    elsewhere.promptsChanged();
    elsewhere.resourcesChanged();
    room.fail("broken");
    assertThat(methods(older)).containsExactlyInAnyOrder(TOOLS, PROMPTS, RESOURCES);
  }

  @Test
  void idsOfAnOwnerThatForgotAndRemembersAreNew() {
    String session = rig.open("2025-11-25");
    FakeClient before = read(session, null);
    rig.affinity.hosted(session).lose(Failure.STALE_EPOCH);
    rig.clock.pass(Duration.ofSeconds(1));
    assertThat(read(session, null).ids).doesNotContainAnyElementsOf(before.ids);
  }

  @Test
  void aStreamHasOneReader() {
    String session = rig.open("2025-11-25");
    FakeClient first = read(session, null);
    FakeClient second = read(session, first.lastId());
    assertThat(first.answered()).as("its connection is as good as lost").isTrue();
    elsewhere.toolsChanged();
    assertThat(methods(second)).containsExactly(TOOLS);
  }

  @Test
  void theOldestOfTooManyStreamsIsEnded() {
    String session = rig.open("2025-11-25");
    FakeClient oldest = read(session, null);
    for (int i = 0; i < SessionNews.MAX_READERS; i++) {
      read(session, null);
    }
    assertThat(oldest.answered()).isTrue();
  }

  @Test
  void newsForASlowReaderWaitOnce() {
    FakeClient client = read(rig.open("2025-11-25"), null);
    Promise<Void> room = Promise.promise();
    client.room = room.future();
    for (int i = 0; i < 100; i++) {
      elsewhere.toolsChanged();
      elsewhere.promptsChanged();
    }
    client.room = Future.succeededFuture();
    room.complete();
    assertThat(methods(client)).hasSizeLessThanOrEqualTo(3).startsWith(TOOLS).contains(PROMPTS);
  }

  @Test
  void aSessionThatEndsEndsItsStream() {
    String session = rig.open("2025-11-25");
    FakeClient client = read(session, null);
    rig.affinity.hosted(session).lose(Failure.NOT_FOUND);
    assertThat(client.answered()).isTrue();
    elsewhere.toolsChanged();
    assertThat(client.events).isEmpty();
    assertThat(rig.meters.get("mcp.listeners").gauge().value()).isZero();
  }

  @Test
  void aStreamNeedsASession() {
    assertThat(read("never", null).answer().status()).isEqualTo(404);
    assertThat(read(null, null).answer().status()).isEqualTo(400);
  }

  @Test
  void anOwnerThatWantedToLeaveAndStaysGoesOn() {
    FakeClient client = read(rig.open("2025-11-25"), null);
    rig.streamsOf("n1").listeners().leaving(true);
    rig.streamsOf("n1").tick();
    rig.streamsOf("n1").tick();
    assertThat(client.answered()).isFalse();
    elsewhere.toolsChanged();
    assertThat(methods(client)).contains(TOOLS);
  }

  @Test
  void anEdgeDoesNotTryForEver() {
    String session = rig.open("2025-11-25");
    FakeClient client = read(session, null);
    rig.affinity.failDispatch(Failure.NODE_DOWN);
    rig.affinity.hideAll();
    rig.affinity.hosted(session).lose(Failure.STALE_EPOCH);
    rig.streamsOf("n1").tick();
    assertThat(client.answered()).isFalse();
    rig.clock.pass(Duration.ofSeconds(21));
    rig.streamsOf("n1").tick();
    assertThat(client.answered()).as("the client comes back by itself").isTrue();
  }

  @Test
  void aNodeThatLeavesSendsItsReadersAway() {
    FakeClient client = read(rig.open("2025-11-25"), null);
    rig.streamsOf("n1").leave();
    assertThat(client.answered()).isTrue();
  }

  @Test
  void aNodeThatLeavesTellsWhereAReaderStandsAndSendsItOn() {
    String session = rig.open("2025-11-25");
    FakeClient before = read(session, null);
    rig.streamsOf("n1").leave();
    elsewhere.toolsChanged();
    FakeClient passing = read(session, before.lastId());
    assertThat(passing.answered()).isTrue();
    assertThat(passing.lastId()).isEqualTo(before.lastId());
    assertThat(methods(passing)).isEmpty();
    rig.streamsOf("n1").listeners().leaving(false);
    assertThat(methods(read(session, passing.lastId()))).contains(TOOLS);
  }

  @Test
  void aNodeThatLeavesDoesNotTryLong() {
    String session = rig.open("2025-11-25");
    rig.streamsOf("n1").leave();
    rig.affinity.failDispatch(Failure.NODE_DOWN);
    rig.affinity.hideAll();
    assertThat(read(session, null).answer().status()).isEqualTo(503);
  }
}
