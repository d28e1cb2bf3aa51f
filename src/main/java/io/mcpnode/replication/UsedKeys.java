package io.mcpnode.replication;

import io.mcpnode.wire.Clock;
import io.vertx.core.Future;
import java.security.SecureRandom;

/** Keys that may be used once in the whole cluster. */
public final class UsedKeys {

  /** No record has a key that begins with it. */
  private static final String PREFIX = "U";

  private final StateStore store;
  private final Clock clock;
  private final SecureRandom random;

  public UsedKeys(StateStore store, Clock clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * True for whoever comes first, once all copies know it; remembered for 15 minutes. Fails as
   * {@link StateStore#apply}.
   */
  public Future<Boolean> use(String id) {
    return store
        .apply(PREFIX + id, new Mutation.Use(random.nextLong(), clock.millis()))
        .map(verdict -> verdict.outcome() == Verdict.Outcome.APPLIED);
  }
}
