package io.mcpnode.server;

import io.mcpnode.feature.Tool;
import io.mcpnode.protocol.HeaderParams;
import io.mcpnode.protocol.Listing;
import io.mcpnode.protocol.ListingWriter;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tools with all that need not be worked out again for each request. */
final class ToolCatalog {

  /** Of its cursors. */
  static final String LIST = "tools";

  /**
   * @param repeatable a call may be executed a second time if nobody knows about the first
   */
  record Entry(
      Tool tool,
      String name,
      @Nullable String handleArgument,
      boolean repeatable,
      TaskSupport taskSupport,
      boolean taskOnDemand,
      HeaderParams headerParams,
      Timer duration) {}

  /** As of one moment; never changed. */
  private record Snapshot(Map<String, Entry> entries, Map<Revision, Listing> listings) {}

  private final ServerCard server;
  private final Cursors cursors;
  private final MeterRegistry meters;
  private volatile Snapshot snapshot;

  ToolCatalog(List<Tool> tools, ServerCard server, Cursors cursors, MeterRegistry meters) {
    this.server = server;
    this.cursors = cursors;
    this.meters = meters;
    snapshot = snapshot(tools);
  }

  private Snapshot snapshot(List<Tool> tools) {
    Map<String, Entry> entries = new HashMap<>();
    for (Tool tool : tools) {
      ToolDescriptor descriptor = tool.descriptor();
      entries.put(
          descriptor.name(),
          new Entry(
              tool,
              descriptor.name(),
              tool.handleArgument(),
              descriptor.hints().repeatable(),
              descriptor.taskSupport(),
              descriptor.taskOnDemand(),
              HeaderParams.of(descriptor.inputSchema()),
              Timer.builder("mcp.tool.duration")
                  .description("From the start of a tool call until the tool is done")
                  .tag("tool", descriptor.name())
                  .register(meters)));
    }
    List<ToolDescriptor> descriptors = tools.stream().map(Tool::descriptor).toList();
    Map<Revision, Listing> listings = new EnumMap<>(Revision.class);
    for (Revision revision : Revision.values()) {
      listings.put(
          revision, new ListingWriter(revision, server).tools(descriptors, cursors.of(LIST)));
    }
    return new Snapshot(entries, listings);
  }

  /** Takes these in place of those before; true if clients can see a difference. */
  boolean replace(List<Tool> tools) {
    Listing before = listing(Revision.V2026_07_28);
    snapshot = snapshot(tools);
    return !listing(Revision.V2026_07_28).sameAs(before);
  }

  @Nullable Entry tool(String name) {
    return snapshot.entries.get(name);
  }

  /** The answers to {@code tools/list}. */
  Listing listing(Revision revision) {
    return Objects.requireNonNull(snapshot.listings.get(revision));
  }
}
