package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four real members, the first of which keeps the list, and who is left where one stands aside. */
class SeparatingTest {

  private static final String REASON = "the test says so";

  private final List<HazelcastInstance> members = new ArrayList<>();
  private final List<HazelcastView> views = new ArrayList<>();
  private final int port = TestNodes.freePort();

  @BeforeEach
  void fourMembersFormOneAfterTheOther() {
    for (int i = 1; i <= 4; i++) {
      int own = i == 1 ? port : TestNodes.freePort();
      Config config =
          HazelcastConfigs.of(
              TestNodes.config(own, "separating", port).cluster(),
              "127.0.0.1",
              new Attributes(new NodeId("n" + i, i), "1.0", 0, 0));
      members.add(Hazelcast.newHazelcastInstance(config));
      views.add(new HazelcastView(members.get(i - 1)));
    }
    see(1, "n1", "n2", "n3", "n4");
    see(4, "n1", "n2", "n3", "n4");
  }

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  private void see(int at, String... names) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(views.get(at - 1).view().members())
                    .extracting(member -> member.id().name())
                    .containsExactly(names));
  }

  private void expel(int at, int whom) {
    Member member = views.get(at - 1).view().named("n" + whom);
    assertThat(member).isNotNull();
    views.get(at - 1).expel(member.host(), member.port(), REASON);
  }

  @Test
  void aMemberThatSeparatesIsAlone() {
    assertThat(views.get(3).separate(REASON)).isTrue();
    see(4, "n4");
    expel(1, 4);
    see(1, "n1", "n2", "n3");
    see(3, "n1", "n2", "n3");
  }

  @Test
  void theOneThatKeepsTheListIsLeftByTheOthersWhoStayTogether() {
    assertThat(views.get(0).separate(REASON)).isFalse();
    see(1, "n1", "n2", "n3", "n4");
    for (int at = 4; at > 1; at--) {
      expel(at, 1);
    }
    for (int at = 2; at <= 4; at++) {
      see(at, "n2", "n3", "n4");
    }
    see(1, "n1");
  }
}
