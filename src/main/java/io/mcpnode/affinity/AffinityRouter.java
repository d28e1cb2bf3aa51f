package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the owner: served here, forwarded, or claimed first. */
final class AffinityRouter implements Affinity {

  private final Host host;
  private final LocalExecution local;
  private final StateStore store;
  private final Membership membership;
  private final QuorumGate gate;
  private final Claims claims;
  private final Directory directory;
  private final Clock clock;
  private final AffinityMeters meters;
  private final Dispatch.Parts dispatch;
  private final SecureRandom random;
  private final int maxPerNode;

  AffinityRouter(
      Host host, StateStore store, Dispatch.Parts parts, SecureRandom random, int maxPerNode) {
    this.host = host;
    this.store = store;
    this.dispatch = parts;
    this.local = parts.local();
    this.membership = parts.membership();
    this.gate = parts.gate();
    this.claims = parts.claims();
    this.directory = parts.directory();
    this.clock = parts.clock();
    this.meters = parts.meters();
    this.random = random;
    this.maxPerNode = maxPerNode;
  }

  @Override
  public @Nullable Hosted enter(String key) {
    return host.enter(key);
  }

  @Override
  public String newKey(Kind kind) {
    return RecordKeys.create(kind, random);
  }

  @Override
  public Future<Hosted> create(String key, Kind kind, String principal, Contents contents) {
    NodeId owner = membership.self();
    if (membership.isDraining(owner)) {
      owner = claims.leastLoadedOther();
      if (owner == null) {
        return Future.failedFuture(
            new WireException(Failure.DRAINING, "this node drains and no other can take over"));
      }
    } else if (host.size() >= maxPerNode) {
      meters.refused("sessions.maxPerNode");
      return Future.failedFuture(
          new WireException(
              Failure.OVERLOADED, "sessions: " + maxPerNode + " (sessions.maxPerNode reached)"));
    }
    return create(key, kind, principal, contents, owner);
  }

  private Future<Hosted> create(
      String key, Kind kind, String principal, Contents contents, NodeId owner) {
    long now = clock.millis();
    Stored stored =
        Stored.created(
            kind,
            owner,
            host.nextOperation(),
            principal,
            now,
            claims.backups(key, owner),
            contents);
    return store
        .apply(key, new Mutation.Create(stored))
        .compose(
            verdict -> {
              if (verdict.outcome() != Verdict.Outcome.APPLIED) {
                return Future.failedFuture(
                    new WireException(Failure.INTERNAL, "a random key exists already: " + key));
              }
              if (owner.equals(membership.self())) {
                // A drain may have found it in the store before, and moved it.
                HostedRecord hosted = host.adopt(key, stored);
                return Future.succeededFuture(
                    hosted == null ? new OwnedElsewhere(stored.record(key)) : hosted);
              }
              directory.located(key, owner, stored.epoch());
              return Future.succeededFuture(new OwnedElsewhere(stored.record(key)));
            });
  }

  @Override
  public Future<Void> end(Hosted hosted) {
    return host.end((HostedRecord) hosted)
        .onSuccess(done -> directory.forget(hosted.record().key()));
  }

  @Override
  public Future<List<StateRecord>> list(Kind kind, String principal, String after, int limit) {
    return store
        .list(kind, principal, after, limit)
        .map(
            page ->
                page.entrySet().stream()
                    .filter(entry -> !directory.isExpired(entry.getValue()))
                    .map(entry -> entry.getValue().record(entry.getKey()))
                    .toList());
  }

  @Override
  public boolean isGone(NodeId node) {
    return directory.whereabouts(node) == Whereabouts.CLAIMABLE;
  }

  @Override
  public NodeId self() {
    return membership.self();
  }

  @Override
  public void dispatch(String key, Request request, Reply reply) {
    new Dispatch(dispatch, key, request, reply).step();
  }

  /** Executes a request that another node forwarded; refuses what is not owned here. */
  void execute(String key, long epoch, Request request, Reply reply) {
    if (!gate.isOpen()) {
      gate.refused("forwarded");
      reply.fail(new WireException(Failure.NO_QUORUM, gate.reason()));
      return;
    }
    local.dropOlderThan(key, epoch);
    Runnable again = () -> execute(key, epoch, request, reply);
    if (local.tryExecute(key, request, reply, again)) {
      return;
    }
    directory
        .look(key)
        .onComplete(
            stored -> {
              if (stored == null) {
                reply.fail(Dispatch.absent(gate, key));
              } else if (stored.owner().equals(membership.self())) {
                local.adopt(key, stored);
                again.run();
              } else {
                reply.fail(WireException.notOwner(stored.owner(), stored.epoch()));
              }
            },
            problem -> reply.fail(WireException.from(problem)));
  }
}
