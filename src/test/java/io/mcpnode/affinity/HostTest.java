package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.Stored;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a record that this node serves ends because nobody uses it. */
class HostTest {

  private static final String KEY = "S1";
  private static final long IDLE = 1_000;
  private static final long SWEEP = 100;

  private long now = 1_000_000;
  private final MemoryStore store = new MemoryStore("shared");
  private final Host host =
      new Host(
          store,
          QuorumGate.OPEN,
          new Clock() {
            @Override
            public long nanos() {
              return now * 1_000_000;
            }

            @Override
            public long millis() {
              return now;
            }
          },
          100,
          1_000,
          IDLE);

  @BeforeEach
  void create() throws Exception {
    Stored stored =
        Stored.created(
            Kind.SESSION, new NodeId("n1", 1), 1, "anonymous", now, List.of(), Contents.ofHandle());
    ThreeNodes.get(store.apply(KEY, new Mutation.Create(stored)));
    host.adopt(KEY, stored);
  }

  private void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now += SWEEP;
      host.sweep();
    }
  }

  private Stored stored() throws Exception {
    return ThreeNodes.get(store.get(KEY));
  }

  @Test
  void theCopiesKnowThatACallIsInside() throws Exception {
    HostedRecord hosted = host.enter(KEY);
    pass(5 * IDLE);
    assertThat(stored().lastAccess()).isEqualTo(now);
    assertThat(hosted.isServing()).isTrue();
  }

  @Test
  void theIdleTimeBeginsWhenTheLastCallHasLeft() throws Exception {
    HostedRecord hosted = host.enter(KEY);
    pass(IDLE);
    now += 5 * IDLE;
    hosted.leave();
    host.sweep();
    assertThat(hosted.isServing()).isTrue();
    assertThat(stored().lastAccess()).isEqualTo(now);
    pass(IDLE);
    assertThat(hosted.isServing()).isTrue();
    pass(SWEEP);
    assertThat(hosted.isServing()).isFalse();
  }
}
