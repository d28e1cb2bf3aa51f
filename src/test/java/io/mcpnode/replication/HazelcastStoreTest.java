package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.EntryView;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against real Hazelcast members in this process. */
class HazelcastStoreTest extends StateStoreContract {

  private static final AtomicBoolean HAS_QUORUM = new AtomicBoolean(true);
  private static final QuorumGate GATE =
      new QuorumGate() {
        @Override
        public boolean isOpen() {
          return HAS_QUORUM.get();
        }

        @Override
        public String reason() {
          return "cut off";
        }
      };

  private static final List<HazelcastInstance> MEMBERS = new ArrayList<>();
  private static Vertx vertx;
  private static StateStore store;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    int seed = freePort();
    MEMBERS.add(member(seed, seed));
    MEMBERS.add(member(freePort(), seed));
    store = storeOn(MEMBERS.get(0));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HazelcastInstance member(int port, int seed) {
    Config config = new Config();
    config.setClusterName("store-test-" + ProcessHandle.current().pid());
    config.getJetConfig().setEnabled(false);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.partition.count", "13");
    config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
    config
        .getNetworkConfig()
        .setPort(port)
        .getInterfaces()
        .setEnabled(true)
        .addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .addMember("127.0.0.1:" + seed);
    config.getMemberAttributeConfig().setAttribute("n", port == seed ? "first" : "second");
    HazelcastStore.configure(config, 2);
    return Hazelcast.newHazelcastInstance(config);
  }

  private static StateStore storeOn(HazelcastInstance member) {
    return new HazelcastStore(vertx, member, m -> m.getAttribute("n"), GATE, Clock.SYSTEM, 2);
  }

  @AfterAll
  static void stop() {
    MEMBERS.forEach(member -> member.getLifecycleService().terminate());
    vertx.close();
  }

  @Override
  StateStore store() {
    return store;
  }

  @Test
  void keepsEveryRecordOnTwoNodes() throws Exception {
    await(store.apply("two", new Mutation.Create(Records.stored(Records.A, 1))));
    assertThat(store.holders("two")).containsExactlyInAnyOrder("first", "second");
    assertThat(store.wantedCopies()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsUsedAgainDoesNotVanishWithItsTombstone() throws Exception {
    await(store.apply("again", new Mutation.Recreate(Records.stored(Records.A, 1))));
    await(store.apply("again", new Mutation.End(1, Long.MAX_VALUE, 2)));
    EntryView<String, Stored> tombstone =
        MEMBERS.get(0).<String, Stored>getMap("mcp.state").getEntryView("again");
    assertThat(tombstone.getExpirationTime()).isLessThan(Long.MAX_VALUE);
    await(store.apply("again", new Mutation.Recreate(Records.stored(Records.B, 3))));
    EntryView<String, Stored> again =
        MEMBERS.get(1).<String, Stored>getMap("mcp.state").getEntryView("again");
    assertThat(again.getExpirationTime()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anyNodeReadsAndEachHoldsItsShare() throws Exception {
    for (int i = 0; i < 50; i++) {
      await(store.apply("s" + i, new Mutation.Create(Records.stored(Records.A, 1))));
    }
    StateStore other = storeOn(MEMBERS.get(1));
    for (int i = 0; i < 50; i++) {
      assertThat(await(other.get("s" + i))).isNotNull();
    }
    int here = store.heldHere((key, stored) -> key.startsWith("s")).size();
    int there = other.heldHere((key, stored) -> key.startsWith("s")).size();
    assertThat(here + there).isEqualTo(50);
    assertThat(here).isBetween(1, 49);
  }

  @Test
  void aLeaseThatRunsOutForABlinkIsWaitedFor() throws Exception {
    HAS_QUORUM.set(false);
    Future<Verdict> write = store.apply("b", new Mutation.Create(Records.stored(Records.A, 1)));
    assertThat(write.isComplete()).isFalse();
    HAS_QUORUM.set(true);
    assertThat(await(write).outcome()).isEqualTo(Verdict.Outcome.APPLIED);
  }

  @Test
  void aSideWithoutQuorumNeitherReadsNorWrites() {
    HAS_QUORUM.set(false);
    try {
      Future<Verdict> write = store.apply("q", new Mutation.Create(Records.stored(Records.A, 1)));
      Future<Stored> read = store.get("q");
      Awaitility.await().until(() -> write.isComplete() && read.isComplete());
      assertThat(WireException.from(write.cause()).failure()).isEqualTo(Failure.NO_QUORUM);
      assertThat(WireException.from(read.cause()).failure()).isEqualTo(Failure.NO_QUORUM);
    } finally {
      HAS_QUORUM.set(true);
    }
  }

  /** A member that goes is why the gate is shut at all. */
  @Test
  void whatWaitsForTheGateIsNotMadeBecauseAMemberGoes() {
    IMap<String, Stored> map = MEMBERS.get(0).getMap("fenced");
    Attempts attempts = new Attempts(vertx, map, GATE, Clock.SYSTEM, TimeUnit.SECONDS.toNanos(6));
    Cluster cluster = MEMBERS.get(0).getCluster();
    HAS_QUORUM.set(false);
    try {
      Attempts.Attempt waiting =
          attempts.begin("waits", new Mutation.Create(Records.stored(Records.A, 1)));
      Attempts.Attempt submitted =
          attempts.begin("under way", new Mutation.Create(Records.stored(Records.A, 2)));
      submitted.submit();
      Awaitility.await().until(() -> map.containsKey("under way"));
      map.delete("under way");
      attempts.memberRemoved(
          new MembershipEvent(
              cluster,
              cluster.getLocalMember(),
              MembershipEvent.MEMBER_REMOVED,
              cluster.getMembers()));
      // The other one is made again with the last of those that a lost member is a reason for.
      Awaitility.await()
          .pollDelay(1_100, TimeUnit.MILLISECONDS)
          .until(() -> map.containsKey("under way"));
      assertThat(map.containsKey("waits")).isFalse();
      assertThat(waiting.promise().future().isComplete()).isFalse();
      HAS_QUORUM.set(true);
      waiting.submit();
      Awaitility.await().until(() -> waiting.promise().future().succeeded());
      assertThat(map.containsKey("waits")).isTrue();
    } finally {
      HAS_QUORUM.set(true);
    }
  }
}
