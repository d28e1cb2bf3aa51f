package io.mcpnode.process;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A cluster of nodes on this machine: the first starts alone, the rest join it. */
public final class ClusterProcesses implements AutoCloseable {

  public static final String COOKIE = "a cookie for tests";
  private static final int MAX_PAGES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Place(String name, int httpPort, int clusterPort) {
    String seed() {
      return "127.0.0.1:" + clusterPort;
    }
  }

  private final List<Place> places = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final UnaryOperator<NodeCommand> settings;

  private ClusterProcesses(int size, UnaryOperator<NodeCommand> settings) {
    this.settings = settings;
    for (int i = 1; i <= size; i++) {
      places.add(new Place("n" + i, Ports.free(), Ports.free()));
    }
  }

  /** Returns when all nodes are ready and each sees all others serve. */
  public static ClusterProcesses start(int size) {
    return start(size, command -> command);
  }

  public static ClusterProcesses start(int size, UnaryOperator<NodeCommand> settings) {
    ClusterProcesses cluster = new ClusterProcesses(size, settings);
    try {
      for (Place place : cluster.places) {
        cluster.nodes.add(cluster.command(place).start());
        if (cluster.nodes.size() == 1) {
          cluster.nodes.get(0).awaitReady();
        }
      }
      cluster.awaitAllUp();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private NodeCommand command(Place place) {
    return settings.apply(
        clustered(place.name())
            .set("http.port", Integer.toString(place.httpPort()))
            .set("cluster.port", Integer.toString(place.clusterPort())));
  }

  /**
   * A command for one more node that has this cluster's nodes as seeds; its ports are free ones.
   */
  public NodeCommand clustered(String name) {
    return NodeCommand.node(name)
        .argument("-cluster")
        .set("cluster.port", Integer.toString(Ports.free()))
        .set("cluster.cookie", COOKIE)
        .set("cluster.nodes", places.stream().map(Place::seed).collect(Collectors.joining(",")));
  }

  public int size() {
    return places.size();
  }

  public String name(int index) {
    return places.get(index).name();
  }

  public NodeProcess node(int index) {
    return nodes.get(index);
  }

  /** The MCP endpoints of all nodes; a restarted node has the same as before. */
  public List<URI> uris() {
    return places.stream()
        .map(place -> URI.create("http://127.0.0.1:" + place.httpPort() + "/mcp"))
        .toList();
  }

  public AdminClient admin(int index) {
    return new AdminClient(uris().get(index));
  }

  /** Starts a node that has ended again, on the same ports; returns when all see all. */
  public void restart(int index) {
    if (nodes.get(index).isAlive()) {
      throw new IllegalStateException(name(index) + " still runs");
    }
    nodes.set(index, command(places.get(index)).start());
    awaitAllUp();
  }

  /** Waits until every node is ready and says that as many nodes as there are processes serve. */
  public void awaitAllUp() {
    nodes.forEach(NodeProcess::awaitReady);
    for (int i = 0; i < size(); i++) {
      AdminClient admin = admin(i);
      Await.until(
          name(i) + " sees " + size() + " nodes serve",
          LIMIT,
          () -> nodes(admin, "state", "serving") == size() && nodesUp(admin) == size());
    }
  }

  /** How many nodes that node says are up; 0 if it doesn't answer. */
  public static int nodesUp(AdminClient admin) {
    return nodes(admin, "status", "up");
  }

  private static int nodes(AdminClient admin, String field, String value) {
    AdminClient.Answer answer = admin.tryGet("/cluster/status");
    int count = 0;
    for (JsonNode node : answer.body().path("nodes")) {
      count += node.path(field).asText().equals(value) ? 1 : 0;
    }
    return count;
  }

  /** Waits until everything owned has all its copies again, so that one more node may be lost. */
  public void awaitReplicasComplete() {
    Await.until("all copies of everything exist", LIMIT, () -> incomplete(admin(0)) == 0);
  }

  /** How many sessions and handles lack a copy, as far as that node knows; -1 if it can't tell. */
  private static int incomplete(AdminClient admin) {
    int lacking = 0;
    String cursor = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode answer = admin.tryGet("/cluster/sessions?limit=500" + cursor).body();
      if (!answer.path("sessions").isArray()) {
        return -1;
      }
      for (JsonNode placed : answer.path("sessions")) {
        boolean complete =
            placed.hasNonNull("replicasWanted")
                && placed.path("replicasPresent").asInt() >= placed.path("replicasWanted").asInt();
        lacking += complete ? 0 : 1;
      }
      if (!answer.hasNonNull("cursor")) {
        return lacking;
      }
      cursor = "&cursor=" + encode(answer.path("cursor").asText(), UTF_8);
    }
    return -1;
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
