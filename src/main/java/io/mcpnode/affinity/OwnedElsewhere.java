package io.mcpnode.affinity;

import io.mcpnode.state.Contents;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A record that was created here and has another owner: it can be read as it was created, nothing
 * more.
 */
record OwnedElsewhere(StateRecord record) implements Hosted {

  @Override
  public StateRecord change(UnaryOperator<Contents> change) {
    throw WireException.notOwner(record.owner(), record.epoch());
  }

  @Override
  public Future<Void> copied(long version) {
    return Future.succeededFuture();
  }

  @Override
  public void onLost(Consumer<WireException> listener) {
    listener.accept(WireException.notOwner(record.owner(), record.epoch()));
  }

  @Override
  public void leave() {
    // Nobody can have entered it here.
  }

  @Override
  public <A> A attachment(Class<A> type, Supplier<A> create) {
    return create.get();
  }

  @Override
  public <A> @Nullable A attached(Class<A> type) {
    return null;
  }
}
