package io.mcpnode.membership;

import static io.mcpnode.membership.TestNodes.await;
import static io.mcpnode.membership.TestNodes.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three real nodes, whose watch for silence is the only one. */
class SilentNodeTest {

  private static final String COOKIE = "silent";

  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Hush hush = new Hush();

  @AfterEach
  void stop() {
    hush.close();
    nodes.forEach(node -> node.hazelcast().getLifecycleService().terminate());
    nodes.forEach(node -> await(node.vertx().close().otherwiseEmpty()));
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  private void start(int port, String name, int seed) {
    nodes.add(await(TestNodes.start(name, port, COOKIE, Hush::prepare, seed)));
  }

  @Test
  void aNodeThatIsSilentIsRemovedOnceHazelcastDoesNotHearItEither() {
    int first = freePort();
    start(first, "n1", first);
    start(freePort(), "n2", first);
    start(freePort(), "n3", first);
    NodeId third = nodes.get(2).membership().self();
    HazelcastMembership watching = (HazelcastMembership) nodes.get(0).membership();
    eventually(
        () -> {
          assertThat(watching.view().members()).hasSize(3);
          assertThat(watching.detector().lastBeats()).as("heard once").containsKey(third);
        });
    List<String> gone = new CopyOnWriteArrayList<>();
    watching.listen(
        new Membership.Listener() {
          @Override
          public void gone(View view, Member member, Departure how) {
            gone.add(member.id().name() + " " + how + " " + view.members().size());
          }
        });

    hush.silence(nodes.get(2).vertx());
    eventually(() -> assertThat(watching.missedPings(third)).isGreaterThanOrEqualTo(7));
    assertThat(watching.view().contains(third)).as("Hazelcast hears it").isTrue();

    hush.silence(nodes.get(2).hazelcast());
    eventually(() -> assertThat(gone).containsExactly("n3 UNREACHABLE 2"));
    eventually(() -> assertThat(nodes.get(1).membership().view().contains(third)).isFalse());
  }
}
