package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The story of five real members: first the two youngest fall silent, then the master and the next
 * youngest, and the second remains. Hazelcast's own limit is out of the way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GivingUpTest {

  private static final String REASON = "the test says so";

  private final List<HazelcastInstance> members = new ArrayList<>();
  private final List<HazelcastView> views = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Hush hush = new Hush();

  @BeforeAll
  void fiveMembersFormOneAfterTheOther() {
    for (int i = 1; i <= 5; i++) {
      ports.add(TestNodes.freePort());
      Config config =
          HazelcastConfigs.of(
              TestNodes.config(ports.get(i - 1), "giving up", ports.get(0)).cluster(),
              "127.0.0.1",
              new Attributes(new NodeId("n" + i, i), "1.0", 0, 0));
      Hush.prepare(config);
      members.add(Hazelcast.newHazelcastInstance(config));
      views.add(new HazelcastView(members.get(i - 1)));
    }
    eventually(() -> views.forEach(view -> assertThat(names(view)).hasSize(5)));
  }

  @AfterAll
  void stop() throws InterruptedException {
    hush.close();
    ExecutorService each = Executors.newCachedThreadPool(); // it takes three seconds
    members.forEach(member -> each.execute(member.getLifecycleService()::terminate));
    each.shutdown();
    assertThat(each.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  private static List<String> names(HazelcastView view) {
    return view.view().members().stream().map(member -> member.id().name()).toList();
  }

  /** What that node is told to give up; n1 is the master as long as it is a member. */
  private boolean giveUp(int at, int... silent) {
    HazelcastView view = views.get(at - 1);
    List<Member> members =
        Arrays.stream(silent).mapToObj(number -> view.view().named("n" + number)).toList();
    return view.giveUp(members, REASON);
  }

  private void isSilentFor(int of, int at) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> Hush.millisSinceHeard(members.get(at - 1), ports.get(of - 1)),
            millis -> millis >= 4000);
  }

  @Test
  @Order(1)
  void nobodyIsGivenUpWhoIsHeard() {
    assertThat(giveUp(1, 5)).isFalse();
    assertThat(giveUp(5, 1)).isFalse();
    assertThat(giveUp(1)).as("nobody").isFalse();
    assertThat(names(views.get(0))).containsExactly("n1", "n2", "n3", "n4", "n5");
  }

  @Test
  @Order(2)
  void whoIsSilentIsNotGivenUpByAMemberWhileTheMasterIsHeard() {
    hush.silence(members.get(3));
    hush.silence(members.get(4));
    isSilentFor(4, 2);
    isSilentFor(5, 2);
    assertThat(giveUp(2, 4, 5)).isFalse();
    assertThat(giveUp(2, 1, 4, 5)).as("the master is heard").isFalse();
  }

  @Test
  @Order(3)
  void whoIsSilentIsNotGivenUpTogetherWithOneThatIsHeard() {
    isSilentFor(4, 1);
    isSilentFor(5, 1);
    assertThat(giveUp(1, 3, 4, 5)).isFalse();
    assertThat(names(views.get(0))).as("all as before").hasSize(5);
  }

  @Test
  @Order(4)
  void theMasterRemovesTheYoungestFirst() {
    List<Integer> removed = new CopyOnWriteArrayList<>();
    members
        .get(0)
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                throw new AssertionError("nobody joins");
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                removed.add(event.getMember().getAddress().getPort());
              }
            });
    assertThat(giveUp(1, 4, 5)).isTrue();
    eventually(() -> assertThat(removed).containsExactly(ports.get(4), ports.get(3)));
    eventually(
        () -> {
          for (int i = 0; i < 3; i++) {
            assertThat(names(views.get(i))).containsExactly("n1", "n2", "n3");
          }
        });
  }

  /**
   * If it began with the master, it would ask the other one first who is left, and wait 5 s for an
   * answer.
   */
  @Test
  @Order(5)
  void ifTheMasterIsSilentAMemberGivesUpTheYoungestFirstAndIsTheMasterAtOnce() {
    hush.silence(members.get(0));
    hush.silence(members.get(2));
    isSilentFor(1, 2);
    isSilentFor(3, 2);
    assertThat(giveUp(2, 3)).as("without the master").isFalse();
    assertThat(giveUp(2, 1, 3)).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(4))
        .untilAsserted(() -> assertThat(names(views.get(1))).containsExactly("n2"));
  }
}
