package io.mcpnode.netns;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Machines on one switch, numbered from 1, each a network namespace of its own; the switch is in
 * one too, so that nothing is added to the namespace of the test. Their links are cut with
 * iptables: packets vanish, as in a broken network.
 */
final class Hosts implements AutoCloseable {

  private final String prefix = "mcp" + ProcessHandle.current().pid() % 100_000;
  private final int count;

  private Hosts(int count) {
    this.count = count;
  }

  /** Why there can be none here; empty if they can. */
  static String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    for (String command : new String[] {"ip", "iptables", "socat"}) {
      if (!Shell.has(command)) {
        return command + " is missing (./run.sh test installs it)";
      }
    }
    return "";
  }

  static Hosts up(int count) {
    Hosts hosts = new Hosts(count);
    hosts.close();
    StringBuilder script = new StringBuilder();
    String hub = hosts.prefix + "-sw";
    script.append(
        ("ip netns add %1$s; ip -n %1$s link set lo up;"
                + " ip -n %1$s link add br0 type bridge; ip -n %1$s link set br0 up;")
            .formatted(hub));
    for (int i = 1; i <= count; i++) {
      script.append(
          ("ip netns add %1$s; ip -n %1$s link set lo up;"
                  + " ip -n %2$s link add p%3$d type veth peer name c0 netns %1$s;"
                  + " ip -n %2$s link set p%3$d master br0; ip -n %2$s link set p%3$d up;"
                  + " ip -n %1$s addr add %4$s/24 dev c0; ip -n %1$s link set c0 up;")
              .formatted(hosts.namespace(i), hub, i, hosts.address(i)));
    }
    Shell.run(script.toString());
    return hosts;
  }

  int count() {
    return count;
  }

  String namespace(int host) {
    return prefix + "-n" + host;
  }

  String address(int host) {
    return "10.77.0." + host;
  }

  /** The name of a device for that host. */
  String tap(int host) {
    return prefix + "t" + host;
  }

  /** Connects a host through this device instead of the switch. */
  void connect(int host, String device) {
    Shell.run(
        ("ip -n %1$s link del c0; ip link set %2$s netns %1$s; ip -n %1$s link set %2$s name c0;"
                + " ip -n %1$s addr add %3$s/24 dev c0; ip -n %1$s link set c0 up;")
            .formatted(namespace(host), device, address(host)));
  }

  /** What {@code from} sends does not arrive at {@code to} any more. */
  void cutOneWay(int from, int to) {
    Shell.run(drop(from, to, ""));
  }

  void cut(int a, int b) {
    Shell.run(drop(a, b, "") + drop(b, a, ""));
  }

  /** Cuts all links between hosts of different sides, at once. */
  void split(Collection<Set<Integer>> sides) {
    StringBuilder script = new StringBuilder();
    for (Set<Integer> one : sides) {
      for (Set<Integer> other : sides) {
        if (!one.equals(other)) {
          one.forEach(a -> other.forEach(b -> script.append(drop(a, b, ""))));
        }
      }
    }
    Shell.run(script.toString());
  }

  /** Loses a share of all packets that arrive at that host. */
  void lossy(int host, double share) {
    StringBuilder script = new StringBuilder();
    for (int from = 1; from <= count; from++) {
      if (from != host) {
        script.append(drop(from, host, "-m statistic --mode random --probability " + share));
      }
    }
    Shell.run(script.toString());
  }

  private String drop(int from, int to, String match) {
    return "ip netns exec %s iptables -A INPUT -i c0 -s %s %s -j DROP;"
        .formatted(namespace(to), address(from), match);
  }

  /** Everything arrives again. */
  void heal() {
    Shell.run(
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "ip netns exec " + namespace(i) + " iptables -F INPUT;")
            .collect(Collectors.joining()));
  }

  /** All of them but these. */
  Set<Integer> others(Collection<Integer> some) {
    Set<Integer> all = new TreeSet<>();
    IntStream.rangeClosed(1, count).forEach(all::add);
    all.removeAll(some);
    return all;
  }

  /** Ends what runs in the namespaces, and removes them. */
  @Override
  public void close() {
    Shell.run(
        ("for ns in $(ip netns list | cut -d' ' -f1 | grep '^%s-' || true); do"
                + " for pid in $(ip netns pids $ns); do kill -9 $pid || true; done;"
                + " ip netns del $ns; done")
            .formatted(prefix));
  }
}
