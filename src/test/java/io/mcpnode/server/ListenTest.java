package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.feature.Calls;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTest {

  private static final String ALL =
      "{'toolsListChanged':true,'promptsListChanged':true,'resourcesListChanged':true,"
          + "'resourceSubscriptions':['test://a']}";

  private final Rig rig = new Rig();

  @BeforeEach
  void anotherNode() {
    rig.streams("n2");
  }

  private FakeClient listen(String filter) {
    return rig.modern("subscriptions/listen", "{'notifications':" + filter + "}");
  }

  private static List<String> methods(FakeClient client) {
    return client.events.stream().map(event -> event.get("method").asText()).toList();
  }

  @Test
  void theFirstMessageSaysWhatTheClientWillHearOf() {
    FakeClient client = listen("{'toolsListChanged':true,'promptsListChanged':false,'taskIds':[]}");
    assertThat(client.events.get(0).toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                + "\"params\":{\"notifications\":{\"toolsListChanged\":true},"
                + "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":1}}}");
    assertThat(listen(ALL).events.get(0).at("/params/notifications").toString())
        .isEqualTo(ALL.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{'toolsListChanged':1}",
        "{'promptsListChanged':'true'}",
        "{'resourcesListChanged':{}}",
        "{'resourceSubscriptions':5}",
        "{'resourceSubscriptions':[5]}",
        "null",
      })
  void aFilterThatIsNoneIsRefused(String filter) {
    assertThat(listen(filter).shown()).isEqualTo("200 -32602");
    assertThat(rig.modern("subscriptions/listen", "{}").shown()).isEqualTo("200 -32602");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n1", "n2"})
  void whatChangesOnAnyNodeIsHeard(String node) {
    FakeClient client = listen(ALL);
    Announcements there = rig.streamsOf(node).announcements();
    there.toolsChanged();
    there.promptsChanged();
    there.resourcesChanged();
    there.resourceUpdated("test://a");
    there.resourceUpdated("test://b");
    assertThat(methods(client))
        .containsExactly(
            "notifications/subscriptions/acknowledged",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated");
    for (JsonNode event : client.events) {
      assertThat(event.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").intValue())
          .isEqualTo(1);
    }
    assertThat(client.events.get(4).at("/params/uri").asText()).isEqualTo("test://a");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, '{toolsListChanged,promptsListChanged,resourcesListChanged,resourceSubscriptions}'",
    "true, false, {}",
    "false, true, {}",
    "false, false, {}",
  })
  void whatCannotChangeIsNotPromised(boolean changes, boolean listChanged, String heard) {
    FeatureCatalog catalog =
        new FeatureCatalog(
            FeatureSet.EMPTY,
            new ServerCard("mcp-node", "1.0"),
            new Cursors(new ClusterSecret("cookie")),
            changes,
            listChanged);
    ListenFilter wanted = ListenFilter.of(filter(ALL));
    List<String> names = new ArrayList<>();
    catalog.heard(wanted).json(List.of()).fieldNames().forEachRemaining(names::add);
    assertThat("{" + String.join(",", names) + "}").isEqualTo(heard);
  }

  private static ObjectNode filter(String notifications) {
    return (ObjectNode) Calls.json("{'notifications':" + notifications + "}");
  }

  @Test
  void nothingElseIsHeard() {
    FakeClient client = listen("{'promptsListChanged':true}");
    rig.streamsOf("n2").announcements().toolsChanged();
    rig.streamsOf("n2").announcements().resourceUpdated("test://a");
    assertThat(methods(client)).containsExactly("notifications/subscriptions/acknowledged");
  }

  @Test
  void aClientThatDoesNotReadHearsOfEachChangeOnceWhenItReads() {
    FakeClient client = listen(ALL);
    Promise<Void> room = Promise.promise();
    client.room = room.future();
    Announcements there = rig.streamsOf("n2").announcements();
    for (int i = 0; i < 100; i++) {
      there.toolsChanged();
      there.resourceUpdated("test://a");
    }
    assertThat(client.events).hasSize(2);
    client.room = Future.succeededFuture();
    room.complete();
    assertThat(methods(client).subList(1, client.events.size()))
        .containsExactly(
            "notifications/tools/list_changed",
            "notifications/resources/updated",
            "notifications/tools/list_changed");
  }

  @Test
  void aClientThatWentHearsNothing() {
    FakeClient client = listen(ALL);
    client.goAway();
    rig.streamsOf("n2").announcements().toolsChanged();
    assertThat(client.events).hasSize(1);
    assertThat(rig.meters.get("mcp.listeners").gauge().value()).isZero();
  }

  @Test
  void aNodeThatLeavesEndsTheStreamWithItsResult() {
    FakeClient client = listen(ALL);
    rig.clock.pass(Duration.ofSeconds(3));
    rig.streamsOf("n1").leave();
    assertThat(client.json().toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"_meta\":"
                + "{\"io.modelcontextprotocol/subscriptionId\":1,"
                + "\"io.modelcontextprotocol/serverInfo\":{\"name\":\"mcp-node\",\"version\":\"1.0\"}}}}");
    rig.streamsOf("n2").announcements().toolsChanged();
    assertThat(client.events).hasSize(1);
    assertThat(rig.meters.get("mcp.listeners").gauge().value()).isZero();
  }

  @Test
  void aStreamThatBeginsWhileItsNodeLeavesHearsOfChangesForAMoment() {
    FakeClient before = listen(ALL);
    rig.streamsOf("n1").leave();
    FakeClient after = listen(ALL);
    rig.clock.pass(Duration.ofMillis(2_900));
    rig.streamsOf("n1").tick();
    rig.streamsOf("n2").announcements().toolsChanged();
    for (FakeClient client : List.of(before, after)) {
      assertThat(client.answered()).isFalse();
      assertThat(client.events).hasSize(2);
    }
    rig.clock.pass(Duration.ofMillis(100));
    rig.streamsOf("n1").tick();
    assertThat(before.json().path("result").path("resultType").asText()).isEqualTo("complete");
    assertThat(after.answered()).isTrue();
    assertThat(rig.meters.get("mcp.listeners").gauge().value()).isZero();
  }

  @Test
  void aNodeThatIsGoneIsNoHindrance() {
    FakeClient client = listen(ALL);
    rig.net.crash(new NodeId("n2", 1));
    rig.streamsOf("n1").announcements().toolsChanged();
    assertThat(client.events).hasSize(2);
  }
}
