package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StateStoreContract {

  private final MemoryStore store = new MemoryStore("n1");

  @Override
  StateStore store() {
    return store;
  }

  @Test
  void holdsTheOnlyCopy() throws Exception {
    await(store.apply("k", new Mutation.Create(Records.stored(Records.A, 1))));
    assertThat(store.holders("k")).containsExactly("n1");
    assertThat(store.wantedCopies()).isEqualTo(1);
    assertThat(store.heldHere((key, stored) -> true)).containsOnlyKeys("k");
  }

  @Test
  void whatHasEndedIsNotBroughtBackByAChangeThatItOvertook() throws Exception {
    Stored stored = Records.stored(Records.A, 1);
    await(store.apply("k", new Mutation.Create(stored)));
    List<WireException> lost = new ArrayList<>();
    CommitPipeline commits =
        new CommitPipeline(store, stored.record("k"), () -> 3, 1_000, lost::add);
    await(store.apply("k", new Mutation.End(1, Long.MAX_VALUE, 2)));
    long version = commits.change(contents -> contents.with("v", "1"), 5).version();
    assertThat(commits.copied(version).failed()).isTrue();
    assertThat(lost).extracting(WireException::failure).containsExactly(Failure.NOT_FOUND);
    assertThat(await(store.get("k"))).isNull();
  }
}
