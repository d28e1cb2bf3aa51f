package io.mcpnode.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which sockets a process of this machine has open, by /proc. */
final class Sockets {

  private static final String LISTEN = "0A";

  private Sockets() {}

  /** The TCP ports on which the process takes connections. */
  static Set<Integer> listening(long pid) {
    Set<String> own = inodes(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : lines(pid, table)) {
        ports.addAll(port(line, own, LISTEN));
      }
    }
    return ports;
  }

  /** The UDP ports that the process has bound. */
  static Set<Integer> datagram(long pid) {
    Set<String> own = inodes(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("udp", "udp6")) {
      for (String line : lines(pid, table)) {
        ports.addAll(port(line, own, ""));
      }
    }
    return ports;
  }

  /**
   * The local port of one line of such a table, if it is one of these sockets and in that state.
   *
   * @param state empty: any
   */
  static Set<Integer> port(String line, Set<String> inodes, String state) {
    String[] columns = line.strip().split("\\s+");
    if (columns.length < 10 || !inodes.contains(columns[9])) {
      return Set.of();
    }
    if (!state.isEmpty() && !columns[3].equals(state)) {
      return Set.of();
    }
    return Set.of(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
  }

  private static List<String> lines(long pid, String table) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> inodes(long pid) {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      }
      return inodes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
