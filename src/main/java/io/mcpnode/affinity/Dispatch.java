package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import org.jspecify.annotations.Nullable;

/** One request that looks for its owner, until it has found one or patience ends. */
final class Dispatch {

  /** What every dispatch needs. */
  record Parts(
      LocalExecution local,
      Claims claims,
      Directory directory,
      Forwarder forwarder,
      Membership membership,
      QuorumGate gate,
      Clock clock,
      AffinityMeters meters) {}

  private static final long PATIENCE_NANOS = 8_000_000_000L;
  private static final long BLINK_NANOS = 1_500_000_000L;
  private static final int MAX_HOPS = 8;

  private final LocalExecution local;
  private final Claims claims;
  private final Directory directory;
  private final Forwarder forwarder;
  private final Membership membership;
  private final QuorumGate gate;
  private final Clock clock;
  private final AffinityMeters meters;
  private final String key;
  private final Request request;
  private final Reply reply;
  private final long deadline;
  private boolean repeated;
  private int hops;

  Dispatch(Parts parts, String key, Request request, Reply reply) {
    this.local = parts.local();
    this.claims = parts.claims();
    this.directory = parts.directory();
    this.forwarder = parts.forwarder();
    this.membership = parts.membership();
    this.gate = parts.gate();
    this.clock = parts.clock();
    this.meters = parts.meters();
    this.deadline = clock.nanos() + PATIENCE_NANOS;
    this.key = key;
    this.request = request;
    this.reply = TracedReply.of(reply, reply.span().child(Span.Hop.ROUTE));
  }

  void step() {
    if (!gate.isOpen()) {
      waitForQuorum(gate.reason());
      return;
    }
    if (local.tryExecute(key, request, reply, this::step)) {
      return;
    }
    LocationCache.Location location = directory.cached(key);
    if (location != null) {
      forward(location.owner(), location.epoch());
      return;
    }
    directory.look(key).onComplete(this::found, problem -> reply.fail(WireException.from(problem)));
  }

  private void found(@Nullable Stored stored) {
    if (stored == null) {
      reply.fail(absent(gate, key));
      return;
    }
    switch (directory.whereabouts(stored.owner())) {
      case HERE -> {
        local.adopt(key, stored);
        step();
      }
      case THERE -> {
        directory.located(key, stored.owner(), stored.epoch());
        forward(stored.owner(), stored.epoch());
      }
      case CLAIMABLE -> claim(stored);
      case UNCERTAIN ->
          waitFor(Failure.NODE_DOWN, "the owner " + stored.owner().name() + " does not answer");
    }
  }

  /** Of what is not found: it does not exist, or this side can't see whether it does. */
  static WireException absent(QuorumGate gate, String key) {
    if (gate.seesEverything()) {
      return LocalExecution.notFound(key);
    }
    gate.refused("unseen");
    return new WireException(
        Failure.NO_QUORUM, "not found here, and members that may have it are out of reach");
  }

  /** First touch: the request takes over for itself what the survivors have not assigned yet. */
  private void claim(Stored stored) {
    NodeId self = membership.self();
    NodeId taker = membership.isDraining(self) ? claims.successor(stored.backups()) : self;
    if (taker == null) {
      reply.fail(new WireException(Failure.DRAINING, "no node can take over"));
      return;
    }
    Span span = reply.span().child(Span.Hop.FAILOVER).with("mcpnode.from", stored.owner().name());
    claims
        .claim(key, stored, taker, claims.backups(key, taker))
        .onComplete(
            after -> {
              if (after != null) {
                span.with("mcpnode.to", after.owner().name()).with("mcpnode.epoch", after.epoch());
              }
              span.end();
              if (after != null && after.owner().equals(taker)) {
                meters.failedOver(key, stored.owner(), taker);
              }
              found(after);
            },
            problem -> {
              WireException reason = WireException.from(problem);
              span.fail(reason);
              reply.fail(reason);
            });
  }

  private void forward(NodeId owner, long epoch) {
    hops++;
    forwarder.forward(owner, epoch, key, request, reply, this::failed);
  }

  private void failed(WireException reason) {
    directory.forget(key);
    switch (reason.failure()) {
      case NOT_OWNER -> {
        NodeId owner = reason.owner();
        if (owner != null && membership.view().contains(owner)) {
          directory.located(key, owner, reason.epoch());
        }
        again(reason);
      }
      case NODE_DOWN, LATE -> again(reason);
      case NO_QUORUM -> waitForQuorum(String.valueOf(reason.getMessage()));
      case INDETERMINATE -> {
        if (request.repeatable() && !repeated && reply.mayRepeat()) {
          repeated = true;
          again(reason);
        } else {
          reply.fail(reason);
        }
      }
      default -> reply.fail(reason);
    }
  }

  private void again(WireException reason) {
    if (hops < MAX_HOPS) {
      step();
    } else {
      waitFor(Failure.NODE_DOWN, String.valueOf(reason.getMessage()));
    }
  }

  /** On a busy machine the lease of a healthy node can run out for a blink. */
  private void waitForQuorum(String why) {
    waitFor(Failure.NO_QUORUM, why, deadline - PATIENCE_NANOS + BLINK_NANOS);
  }

  private void waitFor(Failure failure, String why) {
    waitFor(failure, why, deadline);
  }

  private void waitFor(Failure failure, String why, long until) {
    if (clock.nanos() - until > 0) {
      if (failure == Failure.NO_QUORUM) {
        gate.refused("request");
      }
      reply.fail(new WireException(failure, why));
    } else {
      directory.afterAMoment(this::step);
    }
  }
}
