package io.mcpnode.netns;

import io.mcpnode.process.AdminClient;
import io.mcpnode.process.Await;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.mcpnode.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node on each host. Clients reach each node through a relay over a Unix socket, which no cut
 * touches: what they see is what a client on that side would see.
 */
final class HostedCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int HTTP = 8080;
  private static final int CLUSTER = 5701;

  private final Hosts hosts;
  private final UnaryOperator<NodeCommand> settings;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Process> relays = new ArrayList<>();
  private final List<URI> uris = new ArrayList<>();
  private final Set<Integer> paused = new HashSet<>();
  private final Path sockets;

  private HostedCluster(Hosts hosts, UnaryOperator<NodeCommand> settings) {
    this.hosts = hosts;
    this.settings = settings;
    try {
      sockets = Files.createTempDirectory("mcp-netns");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when all nodes see all others up; n1 is the oldest, then n2. */
  static HostedCluster start(int size, UnaryOperator<NodeCommand> settings) {
    return start(size, settings, hosts -> {});
  }

  /**
   * @param network what is to be done to it before the nodes start
   */
  static HostedCluster start(
      int size, UnaryOperator<NodeCommand> settings, Consumer<Hosts> network) {
    HostedCluster cluster = new HostedCluster(Hosts.up(size), settings);
    try {
      network.accept(cluster.hosts);
      for (int host = 1; host <= size; host++) {
        cluster.nodes.add(cluster.command(host).start());
        cluster.relay(host);
        cluster.awaitMember(host);
      }
      cluster.awaitAllUp();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** It may take longer until it is ready: a strategy may want a node that starts later. */
  private void awaitMember(int host) {
    Await.until(
        "n" + host + " is a member",
        LIMIT,
        () -> node(host).log().stream().anyMatch(line -> line.contains(" is a member: view ")));
  }

  private NodeCommand command(int host) {
    return settings.apply(
        NodeCommand.node("n" + host)
            .argument("-cluster")
            .jvm("-Xmx192m")
            .set("http.port", Integer.toString(HTTP))
            .set("cluster.host", hosts.address(host))
            .set("cluster.port", Integer.toString(CLUSTER))
            .set("cluster.cookie", ClusterProcesses.COOKIE)
            .set(
                "cluster.nodes",
                IntStream.rangeClosed(1, hosts.count())
                    .mapToObj(i -> hosts.address(i) + ":" + CLUSTER)
                    .collect(Collectors.joining(",")))
            .under("ip", "netns", "exec", hosts.namespace(host)));
  }

  private void relay(int host) {
    int port = Ports.free();
    String socket = sockets.resolve("n" + host).toString();
    start(
        "ip",
        "netns",
        "exec",
        hosts.namespace(host),
        "socat",
        "UNIX-LISTEN:" + socket + ",fork,backlog=128",
        "TCP:127.0.0.1:" + HTTP);
    start(
        "socat",
        "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,backlog=128",
        "UNIX-CONNECT:" + socket);
    uris.add(URI.create("http://127.0.0.1:" + port + "/mcp"));
  }

  private void start(String... command) {
    try {
      relays.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Hosts hosts() {
    return hosts;
  }

  int size() {
    return hosts.count();
  }

  /** The numbers of all hosts. */
  Set<Integer> all() {
    return hosts.others(Set.of());
  }

  /** Where clients reach the nodes; the first is host 1. */
  List<URI> uris() {
    return List.copyOf(uris);
  }

  NodeProcess node(int host) {
    return nodes.get(host - 1);
  }

  AdminClient admin(int host) {
    return new AdminClient(uris.get(host - 1));
  }

  /** SIGKILL to all of them, before any has ended. */
  void kill(Set<Integer> hosts) {
    hosts.forEach(host -> node(host).kill());
    hosts.forEach(host -> node(host).kill9());
  }

  void restart(int host) {
    nodes.set(host - 1, command(host).start());
  }

  void awaitAllUp() {
    nodes.forEach(NodeProcess::awaitReady);
    for (int host = 1; host <= size(); host++) {
      AdminClient admin = admin(host);
      Await.until(
          "n" + host + " sees all up and serves",
          LIMIT,
          () ->
              ClusterProcesses.nodesUp(admin) == size()
                  && admin.tryGet("/health/ready").status() == 200
                  && admin
                      .tryGet("/cluster/partition")
                      .body()
                      .path("verdict")
                      .asText()
                      .equals("whole"));
    }
  }

  /** Waits until that node sees so many members up, itself included. */
  void awaitNodesUp(int host, int count) {
    Await.until(
        "n" + host + " sees " + count + " up",
        LIMIT,
        () -> ClusterProcesses.nodesUp(admin(host)) == count);
  }

  /** SIGSTOP. */
  void pause(int host) {
    paused.add(host);
    node(host).pause();
  }

  void resume(int host) {
    node(host).resume();
    paused.remove(host);
  }

  /**
   * Of one node about the partition: whole, goes_on or quarantined; empty if it does not answer.
   */
  String verdict(int host) {
    if (paused.contains(host)) {
      return "";
    }
    return admin(host).tryGet("/cluster/partition").body().path("verdict").asText();
  }

  /** The members that node has seen go, and how many alerts it has raised of a partition. */
  String troubles(int host) {
    return admin(host).get("/cluster/partition").body().path("gone")
        + ", alerts "
        + admin(host)
            .get("/metrics")
            .text()
            .lines()
            .filter(line -> line.startsWith("mcp_alerts_total{type=\"partition\"}"))
            .toList();
  }

  @Override
  public void close() {
    relays.forEach(Process::destroyForcibly);
    nodes.forEach(NodeProcess::close);
    hosts.close();
  }
}
