package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A revision of the MCP specification that this node speaks, oldest first. */
public enum Revision {
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25"),
  V2026_07_28("2026-07-28");

  /** What {@code initialize} offers where it can't agree. */
  public static final Revision LATEST_LEGACY = V2025_11_25;

  /** What a request may name in its {@code _meta}. */
  public static final List<Revision> MODERN = List.of(V2026_07_28);

  private final String date;

  Revision(String date) {
    this.date = date;
  }

  /** The date on the wire. */
  public String date() {
    return date;
  }

  /** Stateless, each request with its own envelope; else a session opened by initialize. */
  public boolean modern() {
    return this == V2026_07_28;
  }

  /** JSON-RPC batches exist in the first one alone. */
  public boolean batches() {
    return this == V2025_03_26;
  }

  /** Clients know events without a message, which only give them an id to come back with. */
  public boolean primes() {
    return this == V2025_11_25;
  }

  /** Knows titles, output schemas, structured content and resource links. */
  public boolean structured() {
    return this != V2025_03_26;
  }

  /** Knows icons, and more about who the server is than a name and a title. */
  public boolean icons() {
    return compareTo(V2025_11_25) >= 0;
  }

  /** Has tasks in its core; 2026-07-28 has them as an extension. */
  public boolean tasks() {
    return this == V2025_11_25;
  }

  public static @Nullable Revision of(@Nullable String date) {
    if (date == null) {
      return null;
    }
    return switch (date) {
      case "2025-03-26" -> V2025_03_26;
      case "2025-06-18" -> V2025_06_18;
      case "2025-11-25" -> V2025_11_25;
      case "2026-07-28" -> V2026_07_28;
      default -> null;
    };
  }

  /**
   * What {@code initialize} answers: the requested revision if it has sessions, else the latest
   * that has (lifecycle, version negotiation).
   */
  public static Revision negotiate(String requested) {
    Revision known = of(requested);
    return known == null || known.modern() ? LATEST_LEGACY : known;
  }
}
