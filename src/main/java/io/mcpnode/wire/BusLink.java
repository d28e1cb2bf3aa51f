package io.mcpnode.wire;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.net.ConnectException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** To another node, over the event bus. Producers are kept, so that addresses are built once. */
final class BusLink implements Link {

  private static final Logger LOG = LoggerFactory.getLogger(BusLink.class);

  private final Vertx vertx;
  private final NodeId peer;
  private final DeliveryOptions options =
      new DeliveryOptions().setCodecName(FrameCodec.NAME).setTracingPolicy(TracingPolicy.IGNORE);
  private final MessageProducer<Frame> control;
  private final ConcurrentMap<Service, MessageProducer<Frame>> services = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, MessageProducer<Frame>> lanes = new ConcurrentHashMap<>();

  BusLink(Vertx vertx, NodeId peer) {
    this.vertx = vertx;
    this.peer = peer;
    this.control = producer(Control.address(peer));
  }

  private MessageProducer<Frame> producer(String address) {
    return vertx.eventBus().sender(address, options);
  }

  @Override
  public void toService(Service service, Frame frame, Consumer<Throwable> failed) {
    MessageProducer<Frame> producer =
        services.computeIfAbsent(service, it -> producer(it.contract().address(peer)));
    producer.write(frame).onFailure(cause -> failed.accept(reason(cause)));
  }

  @Override
  public void toLane(int lane, Frame frame) {
    lanes
        .computeIfAbsent(lane, it -> producer(Lane.address(peer, it)))
        .write(frame)
        .onFailure(cause -> LOG.debug("Answer to {} not sent: {}", peer, cause.getMessage()));
  }

  @Override
  public void toControl(Frame frame) {
    control
        .write(frame)
        .onFailure(cause -> LOG.debug("Control to {} not sent: {}", peer, cause.getMessage()));
  }

  /** Without a handler or a connection nothing was sent; anything else may have arrived. */
  private WireException reason(Throwable cause) {
    boolean notSent = cause instanceof ReplyException || cause instanceof ConnectException;
    return new WireException(
        notSent ? Failure.NODE_DOWN : Failure.INDETERMINATE, peer + ": " + cause.getMessage());
  }
}
