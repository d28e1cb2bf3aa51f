package io.mcpnode.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** To whom a moment of a profile belongs: pure, by the names on the stack. */
public final class StackRoles {

  /** Methods that no entry claims, called by nothing that one claims. */
  public static final String OTHER = "JDK";

  /** The first prefix that fits counts. */
  private static final Map<String, String> ROLES = new LinkedHashMap<>();

  static {
    role("JSON", "com.fasterxml.jackson.", "io.vertx.core.json.", "io.mcpnode.protocol.");
    role("event bus and its codec", "io.mcpnode.wire.", "io.vertx.core.eventbus.");
    role("tracing", "io.mcpnode.trace.", "io.opentelemetry.", "io.vertx.tracing.");
    role("metrics", "io.micrometer.", "io.prometheus.", "org.HdrHistogram.");
    role("mcp-node: HTTP", "io.mcpnode.http.");
    role("mcp-node: owners and hops", "io.mcpnode.affinity.");
    role("mcp-node: tools", "io.mcpnode.feature.");
    role("mcp-node: the rest", "io.mcpnode.");
    role("HTTP of Vert.x and Netty", "io.vertx.core.http.", "io.netty.handler.codec.");
    role("network I/O of Netty", "io.netty.", "io.vertx.core.net.", "io.vertx.core.buffer.");
    role("contexts and futures of Vert.x", "io.vertx.");
    role("Hazelcast", "com.hazelcast.");
  }

  /** What the JVM adds to the names of classes that it makes, different in each run. */
  private static final Pattern MADE = Pattern.compile("(\\$\\d+)?[+/.]0x[0-9a-f]+(\\.\\d+)?");

  private StackRoles() {}

  /** A method's name, the same in each run. */
  public static String method(String type, String name) {
    return MADE.matcher(type).replaceAll("") + "." + name;
  }

  private static void role(String name, String... prefixes) {
    for (String prefix : prefixes) {
      ROLES.put(prefix, name);
    }
  }

  /**
   * The role of the first method from the top that has one: what the JDK does, it does for its
   * caller.
   *
   * @param methods with the names of their classes, the one that runs first
   */
  public static String of(List<String> methods) {
    for (String method : methods) {
      for (Map.Entry<String, String> role : ROLES.entrySet()) {
        if (method.startsWith(role.getKey())) {
          return role.getValue();
        }
      }
    }
    return OTHER;
  }
}
