package io.mcpnode.affinity;

import io.mcpnode.affinity.SessionAdmin.Rebalance;
import io.mcpnode.affinity.SessionAdmin.Share;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evens out what the nodes own: asks each how much it has, and tells those that have too much to
 * give some away. Does so on its own a few seconds after a node has joined, on the oldest node, and
 * only if the difference is worth it.
 */
final class Rebalancer {

  private static final Logger LOG = LoggerFactory.getLogger(Rebalancer.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Nodes that join one after the other are given their share together. */
  private static final long AFTER_JOIN_MILLIS = 3_000;

  private static final long AGAIN_MILLIS = 2_000;
  private static final int TRIES = 60;

  private final Vertx vertx;
  private final Rpc rpc;
  private final Membership membership;
  private final QuorumGate gate;
  private final Claims claims;
  private long timer = -1;

  Rebalancer(Vertx vertx, Rpc rpc, Membership membership, QuorumGate gate, Claims claims) {
    this.vertx = vertx;
    this.rpc = rpc;
    this.membership = membership;
    this.gate = gate;
    this.claims = claims;
  }

  /** See {@link SessionAdmin#rebalance}. */
  Future<Rebalance> rebalance() {
    return gate.isOpen()
        ? ask().compose(states -> isMoving(states) ? progress() : even(states))
        : Future.failedFuture(new WireException(Failure.NO_QUORUM, gate.reason()));
  }

  private static boolean isMoving(Map<NodeId, AffinityProtocol.Balance> states) {
    return states.values().stream().anyMatch(AffinityProtocol.Balance::moving);
  }

  private static Map<String, Long> owned(Map<NodeId, AffinityProtocol.Balance> states) {
    Map<String, Long> owned = new TreeMap<>();
    states.forEach((node, state) -> owned.put(node.name(), state.records()));
    return owned;
  }

  /** See {@link SessionAdmin#rebalancing}. */
  Future<Rebalance> progress() {
    return ask().map(Rebalancer::rendered);
  }

  /** The state of each node that takes new state and answers. */
  private Future<Map<NodeId, AffinityProtocol.Balance>> ask() {
    return each(takers(), node -> new AffinityProtocol.AskBalance());
  }

  private List<NodeId> takers() {
    List<NodeId> takers = new ArrayList<>();
    for (Member member : membership.view().members()) {
      if (claims.takers().contains(member.id().name())) {
        takers.add(member.id());
      }
    }
    return takers;
  }

  private interface Question {
    AffinityProtocol.Request to(NodeId node);
  }

  private Future<Map<NodeId, AffinityProtocol.Balance>> each(
      List<NodeId> nodes, Question question) {
    Map<NodeId, AffinityProtocol.Balance> answers = new LinkedHashMap<>();
    List<Future<AffinityProtocol.Balance>> asked = new ArrayList<>();
    for (NodeId node : nodes) {
      asked.add(
          rpc.ask(node, AffinityProtocol.V1, question.to(node), TIMEOUT)
              .map(reply -> (AffinityProtocol.Balance) reply)
              .onFailure(
                  problem ->
                      LOG.debug(
                          "{} takes no part in rebalancing: {}", node, problem.getMessage())));
    }
    return Future.join(asked)
        .transform(
            all -> {
              for (int i = 0; i < asked.size(); i++) {
                if (asked.get(i).succeeded()) {
                  answers.put(nodes.get(i), asked.get(i).result());
                }
              }
              return Future.succeededFuture(answers);
            });
  }

  private Future<Rebalance> even(Map<NodeId, AffinityProtocol.Balance> states) {
    SharePlan plan = SharePlan.even(owned(states));
    List<NodeId> givers =
        states.keySet().stream().filter(node -> plan.gives().containsKey(node.name())).toList();
    return each(givers, node -> give(plan, node))
        .map(
            told -> {
              Map<NodeId, AffinityProtocol.Balance> after = new LinkedHashMap<>(states);
              after.putAll(told);
              return rendered(after);
            });
  }

  private static AffinityProtocol.Give give(SharePlan plan, NodeId node) {
    List<AffinityProtocol.Portion> portions = new ArrayList<>();
    plan.gives()
        .getOrDefault(node.name(), Map.of())
        .forEach((target, records) -> portions.add(new AffinityProtocol.Portion(target, records)));
    return new AffinityProtocol.Give(portions);
  }

  private static Rebalance rendered(Map<NodeId, AffinityProtocol.Balance> states) {
    List<Share> shares = new ArrayList<>();
    states.forEach(
        (node, state) ->
            shares.add(
                new Share(
                    node.name(),
                    state.moving() ? "moving" : "still",
                    state.records(),
                    state.moved(),
                    state.moving() ? state.remaining() : 0)));
    boolean moving = shares.stream().anyMatch(share -> share.state().equals("moving"));
    return new Rebalance(moving ? "moving" : "still", shares);
  }

  /** A node has joined. On the thread of membership's events, as all that follows. */
  void joined() {
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(AFTER_JOIN_MILLIS, it -> giveShares(TRIES));
  }

  /** As soon as all members are able to take part. */
  private void giveShares(int tries) {
    int members = membership.view().members().size();
    if (!membership.view().members().get(0).id().equals(membership.self())) {
      return;
    }
    if (!gate.isOpen() || claims.takers().size() < members) {
      again(tries);
      return;
    }
    ask()
        .onSuccess(
            states -> {
              if (states.size() < members || isMoving(states)) {
                again(tries);
              } else if (SharePlan.isUneven(owned(states))) {
                even(states);
              }
            });
  }

  private void again(int tries) {
    if (tries > 1) {
      timer = vertx.setTimer(AGAIN_MILLIS, it -> giveShares(tries - 1));
    } else {
      LOG.info("New nodes got no share, since not all could take part for long");
    }
  }
}
