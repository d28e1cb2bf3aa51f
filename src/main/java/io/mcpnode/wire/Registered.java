package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handler at one address, and the registration that it has at the moment. */
final class Registered {

  private static final Logger LOG = LoggerFactory.getLogger(Registered.class);
  private static final int ATTEMPTS = 4;

  private final Vertx vertx;
  private final String address;
  private final Handler<Message<Frame>> handler;
  private final Consumer<Registered> closed;
  private volatile @Nullable MessageConsumer<Frame> consumer;
  private volatile boolean isClosed;

  /**
   * @param closed told when it is given up for good
   */
  Registered(
      Vertx vertx, String address, Handler<Message<Frame>> handler, Consumer<Registered> closed) {
    this.vertx = vertx;
    this.address = address;
    this.handler = handler;
    this.closed = closed;
  }

  String address() {
    return address;
  }

  /** Completes when the cluster knows the address. */
  Future<Void> register() {
    return register(ATTEMPTS);
  }

  private Future<Void> register(int attempts) {
    MessageConsumer<Frame> registering = vertx.eventBus().consumer(address);
    consumer = registering;
    registering.handler(handler);
    return registering
        .completion()
        .recover(
            problem -> {
              if (attempts == 1) {
                return Future.failedFuture(problem);
              }
              LOG.debug("{} is registered again", address, problem);
              return registering.unregister().transform(gone -> register(attempts - 1));
            });
  }

  /** Gives the registration up and makes a new one, unless it was closed meanwhile. */
  Future<Void> registerAgain() {
    MessageConsumer<Frame> before = consumer;
    if (isClosed || before == null) {
      return Future.succeededFuture();
    }
    return before
        .unregister()
        .transform(gone -> isClosed ? Future.succeededFuture() : register(ATTEMPTS));
  }

  /** Completes when the cluster knows that nobody is here any more. */
  Future<Void> unregister() {
    isClosed = true;
    closed.accept(this);
    MessageConsumer<Frame> now = consumer;
    return now == null ? Future.succeededFuture() : now.unregister();
  }
}
