package io.mcpnode.membership;

import com.hazelcast.cluster.Address;
import io.mcpnode.wire.Clock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to nodes that were not known at start: their addresses become seeds of all members, and
 * Hazelcast merges the smaller cluster into the larger one within a few seconds.
 */
final class Connector {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final int MAX_ATTEMPTS = 100;

  private static final class Attempt {
    final HostAndPort at;
    final long begun;
    final long since;
    volatile @Nullable Address address;
    volatile String failure = "";

    Attempt(HostAndPort at, long begun, long since) {
      this.at = at;
      this.begun = begun;
      this.since = since;
    }
  }

  /**
   * @param since epoch milliseconds
   */
  record Pending(String node, String failure, long since) {}

  private final Vertx vertx;
  private final Context context;
  private final HazelcastMembership membership;
  private final DeathProbe probe;
  private final Seeds seeds;
  private final Consumer<List<String>> tellOthers;
  private final Clock clock;
  private final ConcurrentMap<String, Attempt> attempts = new ConcurrentHashMap<>();

  /**
   * @param seeds of the running Hazelcast
   */
  Connector(
      Vertx vertx,
      Context context,
      HazelcastMembership membership,
      DeathProbe probe,
      Seeds seeds,
      Consumer<List<String>> tellOthers,
      Clock clock) {
    this.vertx = vertx;
    this.context = context;
    this.membership = membership;
    this.probe = probe;
    this.seeds = seeds;
    this.tellOthers = tellOthers;
    this.clock = clock;
  }

  List<ClusterStatus.Connection> connect(List<String> nodes) {
    List<HostAndPort> parsed = nodes.stream().map(HostAndPort::parse).toList();
    if (attempts.size() + parsed.size() > MAX_ATTEMPTS) {
      attempts.values().removeIf(attempt -> !attempt.failure.isEmpty());
    }
    List<ClusterStatus.Connection> known = new ArrayList<>();
    List<String> added = new ArrayList<>();
    for (HostAndPort at : parsed) {
      if (isUp(at, null)) {
        known.add(new ClusterStatus.Connection(at.toString(), "up", ""));
      } else if (attempts.size() >= MAX_ATTEMPTS) {
        known.add(
            new ClusterStatus.Connection(
                at.toString(), "failed", "connecting to " + MAX_ATTEMPTS + " others (the limit)"));
      } else {
        Attempt attempt = new Attempt(at, clock.nanos(), clock.millis());
        attempts.put(at.toString(), attempt);
        added.add(at.toString());
        context.runOnContext(v -> begin(attempt));
        known.add(new ClusterStatus.Connection(at.toString(), "connecting", ""));
      }
    }
    if (!added.isEmpty()) {
      addSeeds(added);
      tellOthers.accept(added);
    }
    return known;
  }

  /** Also what another member was asked to connect to. */
  void addSeeds(List<String> nodes) {
    for (String node : nodes) {
      String seed = HostAndPort.parse(node).toString();
      context.runOnContext(v -> seeds.add(seed));
    }
  }

  List<Pending> pending() {
    return attempts.values().stream()
        .map(it -> new Pending(it.at.toString(), it.failure, it.since))
        .toList();
  }

  private void begin(Attempt attempt) {
    // Resolving a name may block.
    vertx
        .executeBlocking(
            () -> new Address(InetAddress.getByName(attempt.at.host()), attempt.at.port()), false)
        .compose(
            address -> {
              attempt.address = address;
              return probe.probe(attempt.at.host(), attempt.at.port(), DeathProbe.PATIENT);
            })
        .onSuccess(
            finding -> {
              if (finding == DeathProbe.Finding.REFUSED) {
                attempt.failure = "connection refused";
              } else if (finding == DeathProbe.Finding.SILENT) {
                attempt.failure = "does not answer";
              }
            })
        .onFailure(cause -> attempt.failure = "unknown host: " + attempt.at.host());
  }

  /** Looks what has become of the attempts. On the context, about every second. */
  void check() {
    for (Map.Entry<String, Attempt> entry : attempts.entrySet()) {
      Attempt attempt = entry.getValue();
      @Nullable Address address = attempt.address;
      if (isUp(attempt.at, address)) {
        attempts.remove(entry.getKey(), attempt);
      } else if (attempt.failure.isEmpty() && address != null) {
        if (membership.inside().refusedUs(address)) {
          attempt.failure = "belongs to a cluster with another cookie";
        } else if (clock.nanos() - attempt.begun > PATIENCE) {
          attempt.failure = "did not join within 60 s";
        } else {
          membership.inside().askForMaster(address);
        }
      }
    }
  }

  private boolean isUp(HostAndPort at, @Nullable Address address) {
    return membership.view().members().stream()
        .anyMatch(
            member ->
                member.port() == at.port()
                    && (member.host().equals(at.host())
                        || (address != null && member.host().equals(address.getHost()))));
  }

  /** Completes like {@link ClusterStatus#connect}. */
  Future<List<ClusterStatus.Connection>> connectLater(List<String> nodes) {
    try {
      return Future.succeededFuture(connect(nodes));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
  }
}
