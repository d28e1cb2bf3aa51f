package io.mcpnode.bench;

import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers beside the nodes, and the sessions that wrk uses. */
final class Servers {

  /** A yardstick server in a process of its own, on the servers' core. */
  record Raw(Process process, URI uri) implements AutoCloseable {
    long pid() {
      return process.pid();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static final int MAX_TRIES = 20;

  private Servers() {}

  static Raw raw(String kind) {
    List<String> command = new ArrayList<>(List.of(Machine.onServerCore()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RawServer.class.getName(), kind));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(Path.of("target", "raw-" + kind + ".log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("ready ")) {
          drain(output);
          return new Raw(process, URI.create(line.substring(6)));
        }
      }
      throw new IllegalStateException("the raw server ended; see target/raw-" + kind + ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on, so that a server that prints more never waits for us. */
  private static void drain(BufferedReader output) {
    Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "raw server's output");
    reader.setDaemon(true);
    reader.start();
  }

  /** The folder with the plugin whose tools some scenarios call; run.sh made it. */
  static String plugins() {
    return Path.of("target", "bench-plugin").toAbsolutePath().toString();
  }

  /** Opens sessions until there are so many that the first node owns. */
  static List<String> openOwnedByFirst(McpClient client, String first, int count) {
    List<String> owned = new ArrayList<>();
    for (int i = 0; owned.size() < count; i++) {
      if (i == MAX_TRIES * count) {
        throw new IllegalStateException(first + " owns " + owned.size() + " of " + i + " sessions");
      }
      String session = open(client, 1).get(0);
      if (first.equals(whoAmI(client, 1, session).getString("owner"))) {
        owned.add(session);
      }
    }
    return owned;
  }

  /** Opens sessions at that node; fails if one can't be had. */
  static List<String> open(McpClient client, int count) {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      McpReply reply = client.open().await();
      if (!reply.isResult()) {
        throw new IllegalStateException("no session: " + reply);
      }
      sessions.add(reply.session());
    }
    return sessions;
  }

  /** What whoami says in that session when that node is asked. */
  static JsonObject whoAmI(McpClient client, int node, String session) {
    McpReply reply = client.call(node, session, "whoami", new JsonObject()).await();
    if (!reply.isResult()) {
      throw new IllegalStateException("whoami: " + reply);
    }
    return reply.structured();
  }

  /** The length of the result of one echo, in bytes of JSON without white space. */
  static int echoSize(McpClient sessions, URI server, String era) {
    try (McpClient client = new McpClient(sessions.vertx(), List.of(server), 1)) {
      JsonObject arguments = new JsonObject().put("message", "lazy dog");
      McpReply reply =
          (era.equals("modern")
                  ? client.callModern("echo", arguments)
                  : client.call(sessions.open().await().session(), "echo", arguments))
              .await();
      if (!reply.isResult()) {
        throw new IllegalStateException("echo: " + reply);
      }
      return reply.result().toBuffer().length();
    }
  }

  /** A file for wrk, one session a line. */
  static String file(List<String> sessions) {
    try {
      Path file = Files.createTempFile("sessions", ".txt");
      file.toFile().deleteOnExit();
      Files.write(file, sessions);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
