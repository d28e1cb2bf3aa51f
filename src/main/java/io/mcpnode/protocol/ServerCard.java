package io.mcpnode.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who this server says it is, and the answers that depend on nothing else.
 *
 * @param name of the product, the same on every node
 */
public record ServerCard(String name, String version, About about) {

  /** How long a client may keep a list if it does not listen for changes. */
  static final int LIST_TTL_MILLIS = 60_000;

  /** Says no more than a name and a version. */
  public ServerCard(String name, String version) {
    this(name, version, About.NOTHING);
  }

  /**
   * What people may want to know of the server; null where nobody said it.
   *
   * @param instructions for the model of the client
   */
  public record About(
      @Nullable String title,
      @Nullable String description,
      @Nullable String websiteUrl,
      @Nullable Icon icon,
      @Nullable String instructions) {
    public static final About NOTHING = new About(null, null, null, null, null);
  }

  /** The result of {@code initialize}. */
  public byte[] initializeResult(Revision revision, Capabilities capabilities) {
    JsonOut out =
        new JsonOut(256)
            .raw("{\"protocolVersion\":")
            .string(revision.date())
            .raw(",\"capabilities\":")
            .raw(capabilities.json(revision))
            .raw(",\"serverInfo\":");
    fullInfo(out, revision);
    out.optional("instructions", about.instructions());
    return out.raw('}').toByteArray();
  }

  /** The result of {@code server/discover}. */
  public byte[] discoverResult(Capabilities capabilities) {
    JsonOut out = new JsonOut(512).raw("{\"supportedVersions\":[");
    for (int i = 0; i < Revision.MODERN.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.string(Revision.MODERN.get(i).date());
    }
    out.raw("],\"capabilities\":").raw(capabilities.json(Revision.V2026_07_28));
    out.optional("instructions", about.instructions());
    out.raw(cachingTail());
    out.raw(",\"resultType\":\"complete\",\"_meta\":{\"" + ResultEnd.SERVER_INFO + "\":");
    fullInfo(out, Revision.V2026_07_28);
    return out.raw("}}").toByteArray();
  }

  /** The members that every complete result of 2026-07-28 ends with, each after a comma. */
  byte[] modernTail() {
    return resultTail("complete");
  }

  /** The members that every result of this type ends with in 2026-07-28, each after a comma. */
  public byte[] resultTail(String type) {
    return (",\"resultType\":\""
            + type
            + "\",\"_meta\":{\""
            + ResultEnd.SERVER_INFO
            + "\":"
            + info()
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The members behind the items of a list, each after a comma. */
  byte[] listTail(Revision revision) {
    return revision.modern()
        ? new JsonOut(256).raw(cachingTail()).raw(modernTail()).toByteArray()
        : new byte[0];
  }

  /** The members of a result that may be kept: the same for every caller, so public. */
  static String cachingTail() {
    return ",\"ttlMs\":" + LIST_TTL_MILLIS + ",\"cacheScope\":\"public\"";
  }

  /** As it is in every result: no more than has to be. */
  String info() {
    return "{\"name\":" + JsonOut.quoted(name) + ",\"version\":" + JsonOut.quoted(version) + '}';
  }

  private void fullInfo(JsonOut out, Revision revision) {
    out.raw("{\"name\":").string(name).raw(",\"version\":").string(version);
    if (revision.structured()) {
      out.optional("title", about.title());
    }
    if (revision.icons()) {
      out.optional("description", about.description());
      out.optional("websiteUrl", about.websiteUrl());
      Icon icon = about.icon();
      if (icon != null) {
        ExtrasWriter.icons(out.raw(','), List.of(icon));
      }
    }
    out.raw('}');
  }
}
