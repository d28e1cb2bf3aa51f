package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;

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
}
