package io.mcpnode.wire;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A contract on this node: its codec and who serves it. Compared by identity. */
final class Service {

  private final Contract contract;
  private final WireCodec codec;
  private final String address;
  private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  Service(Contract contract, NodeId self) {
    this.contract = contract;
    this.codec = WireCodec.of(contract);
    this.address = contract.address(self);
  }

  Contract contract() {
    return contract;
  }

  WireCodec codec() {
    return codec;
  }

  String address() {
    return address;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The endpoint of the caller's context if it has one, else each in turn; null: not served. */
  @Nullable Endpoint next(Context caller) {
    Object[] all = endpoints.toArray();
    if (all.length == 0) {
      return null;
    }
    for (Object endpoint : all) {
      if (((Endpoint) endpoint).context() == caller) {
        return (Endpoint) endpoint;
      }
    }
    return (Endpoint) all[Math.floorMod(turn.getAndIncrement(), all.length)];
  }
}
