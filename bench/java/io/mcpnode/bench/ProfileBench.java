package io.mcpnode.bench;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.StackRoles;
import io.mcpnode.process.ThreadTimes;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where the CPU time of a call goes that is served by its owner, and of one that takes a hop. */
final class ProfileBench {

  private static final int SECONDS = Bench.QUICK ? 3 : 20;
  private static final int WARM_UP_SECONDS = Bench.QUICK ? 2 : 20;
  private static final int CONNECTIONS = 32;
  private static final int TOP = 15;
  private static final String EVENT_LOOP = "vert.x-eventloop";
  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0">
        <event name="jdk.ExecutionSample">
          <setting name="enabled">true</setting>
          <setting name="period">5 ms</setting>
        </event>
      </configuration>
      """;

  private ProfileBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "profile",
            "`tools/call echo` in sessions owned by n1 of two nodes, sent to n1 (local) and to n2"
                + " (hop: n2 is the edge, n1 the owner), by wrk over "
                + CONNECTIONS
                + " connections for "
                + SECONDS
                + " s. Both nodes share one core. User and kernel time of the threads by /proc;"
                + " user time of event loops is divided by the samples of Java Flight Recorder"
                + " (`jdk.ExecutionSample`), each of which belongs to the first method from the top"
                + " whose package has a role: what the JDK does, it does for its caller. Samples see"
                + " Java alone; what native code spends is spread over the roles.");
    try (ClusterProcesses cluster =
            ClusterProcesses.start(2, command -> command.under(Machine.onServerCore()));
        McpClient client = new McpClient(vertx, cluster.uris(), 8)) {
      String sessions =
          Servers.file(Servers.openOwnedByFirst(client, cluster.name(0), LocalBench.SESSIONS));
      List<Long> pids = List.of(cluster.node(0).pid(), cluster.node(1).pid());
      Subject local = new Subject("local", "legacy", cluster.uris().get(0), pids, sessions);
      Subject hop = new Subject("hop", "legacy", cluster.uris().get(1), pids, sessions);
      local.warmUp(WARM_UP_SECONDS);
      hop.warmUp(WARM_UP_SECONDS);
      Map<String, Profile> profiles = new LinkedHashMap<>();
      Map<Long, Profile> alone = record(local, List.of(pids.get(0)));
      profiles.put("local", alone.get(pids.get(0)));
      Map<Long, Profile> both = record(hop, pids);
      profiles.put("hop: edge", both.get(pids.get(1)));
      profiles.put("hop: owner", both.get(pids.get(0)));
      profiles.forEach((call, profile) -> profile.rows(call, report));
      report.table("The " + TOP + " methods that run most on event loops");
      profiles.forEach((call, profile) -> profile.top(call, report));
    }
    return report;
  }

  /**
   * What was seen of one process.
   *
   * @param roles samples of event loops by role
   * @param methods the same by role and method on top
   */
  private record Profile(
      ThreadTimes spent, long requests, Map<String, Long> roles, Map<Method, Long> methods) {

    long samples() {
      return roles.values().stream().mapToLong(Long::longValue).sum();
    }

    void rows(String call, Report report) {
      Map<String, Double> seconds = new LinkedHashMap<>();
      ThreadTimes.Spent loops = spent.of(ThreadTimes.Kind.EVENT_LOOPS);
      sorted(roles)
          .forEach(
              (role, count) -> seconds.put(role, loops.user() * count / Math.max(1, samples())));
      seconds.put("kernel, for event loops", loops.kernel());
      for (ThreadTimes.Kind kind : ThreadTimes.Kind.values()) {
        if (kind != ThreadTimes.Kind.EVENT_LOOPS) {
          ThreadTimes.Spent other = spent.of(kind);
          seconds.put(name(kind), other.user() + other.kernel());
        }
      }
      double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
      row(report, call, "**all**", all, all);
      seconds.forEach((role, spent) -> row(report, call, role, spent, all));
      report.sample(
          new JsonObject()
              .put("call", call)
              .put("requests", requests)
              .put("samples", samples())
              .put("secondsByRole", new JsonObject(new LinkedHashMap<>(seconds))));
    }

    private void row(Report report, String call, String role, double seconds, double all) {
      report.row(
          "call",
          call,
          "spent on",
          role,
          "CPU µs/request",
          seconds * 1e6 / requests,
          "%",
          100 * seconds / all);
    }

    void top(String call, Report report) {
      sorted(methods).entrySet().stream()
          .limit(TOP)
          .forEach(
              entry ->
                  report.row(
                      "call",
                      call,
                      "spent on",
                      entry.getKey().role(),
                      "method",
                      "`" + entry.getKey().name() + "`",
                      "% of samples",
                      100.0 * entry.getValue() / samples()));
    }
  }

  private record Method(String role, String name) {}

  private static String name(ThreadTimes.Kind kind) {
    return switch (kind) {
      case EVENT_LOOPS -> "event loops";
      case HAZELCAST -> "threads of Hazelcast";
      case GARBAGE_COLLECTION -> "threads of the garbage collector";
      case COMPILER -> "threads of the compiler";
      case OTHERS -> "other threads";
    };
  }

  private static <K> Map<K, Long> sorted(Map<K, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<K, Long>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** Profiles these processes while the load runs. */
  private static Map<Long, Profile> record(Subject load, List<Long> pids) {
    try {
      Path folder = Files.createTempDirectory("profile");
      Path settings = Files.writeString(folder.resolve("bench.jfc"), SETTINGS);
      pids.forEach(pid -> jcmd(pid, "JFR.start", "name=bench", "settings=" + settings));
      Map<Long, ThreadTimes> before =
          pids.stream().collect(Collectors.toMap(pid -> pid, ThreadTimes::of));
      long requests = load.measure(CONNECTIONS, SECONDS).wrk().requests();
      Map<Long, ThreadTimes> after =
          pids.stream().collect(Collectors.toMap(pid -> pid, ThreadTimes::of));
      Map<Long, Profile> profiles = new HashMap<>();
      for (long pid : pids) {
        Path recording = folder.resolve(pid + ".jfr");
        jcmd(pid, "JFR.stop", "name=bench", "filename=" + recording);
        profiles.put(pid, read(recording, after.get(pid).since(before.get(pid)), requests));
        Files.delete(recording);
      }
      Files.delete(settings);
      Files.delete(folder);
      return profiles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jcmd of the JDK that runs the nodes. */
  private static void jcmd(long pid, String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    command[1] = Long.toString(pid);
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    if (Machine.output(command).isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }

  private static Profile read(Path recording, ThreadTimes spent, long requests) throws IOException {
    Map<String, Long> roles = new HashMap<>();
    Map<Method, Long> methods = new HashMap<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && stack != null
            && event.getThread("sampledThread").getJavaName().startsWith(EVENT_LOOP)) {
          List<String> frames = stack.getFrames().stream().map(ProfileBench::name).toList();
          String role = StackRoles.of(frames);
          roles.merge(role, 1L, Long::sum);
          methods.merge(new Method(role, frames.get(0)), 1L, Long::sum);
        }
      }
    }
    return new Profile(spent, requests, roles, methods);
  }

  private static String name(RecordedFrame frame) {
    return StackRoles.method(frame.getMethod().getType().getName(), frame.getMethod().getName());
  }
}
