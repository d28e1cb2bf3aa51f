package io.mcpnode.wire;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** To this node itself, without the bus: each frame is a task on the context that handles it. */
final class LocalLink implements Link {

  private final Vertx vertx;
  private final List<Lane> lanes;
  private final Control control;

  LocalLink(Vertx vertx, List<Lane> lanes, Control control) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.control = control;
  }

  @Override
  public void toService(Service service, Frame frame, Consumer<Throwable> failed) {
    @Nullable Endpoint endpoint = service.next(vertx.getOrCreateContext());
    if (endpoint == null) {
      failed.accept(new WireException(Failure.NODE_DOWN, service.address() + ": not served here"));
    } else {
      endpoint.context().runOnContext(v -> endpoint.receive(frame));
    }
  }

  @Override
  public void toLane(int lane, Frame frame) {
    Lane target = lanes.get(lane);
    target.context().runOnContext(v -> target.receive(frame));
  }

  @Override
  public void toControl(Frame frame) {
    control.context().runOnContext(v -> control.receive(frame));
  }
}
