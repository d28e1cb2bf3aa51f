package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what items and blocks have besides their content, as each revision knows it. */
final class ExtrasWriter {

  private ExtrasWriter() {}

  /** The members of a listed item, each after a comma. */
  static void item(JsonOut out, Extras extras, Revision revision) {
    if (revision.icons() && !extras.icons().isEmpty()) {
      icons(out.raw(','), extras.icons());
    }
    meta(out, extras.meta(), revision);
  }

  /** The members of a content block, each after a comma. */
  static void block(JsonOut out, Content.Extras extras, Revision revision) {
    hints(out, extras.hints(), revision);
    meta(out, extras.meta(), revision);
  }

  /** The first revision has metadata in requests and results alone. */
  static void meta(JsonOut out, @Nullable ObjectNode meta, Revision revision) {
    if (meta != null && revision.structured()) {
      out.raw(",\"_meta\":").node(meta);
    }
  }

  /** The member {@code icons}. */
  static void icons(JsonOut out, List<Icon> icons) {
    out.raw("\"icons\":");
    char separator = '[';
    for (Icon icon : icons) {
      out.raw(separator).raw("{\"src\":").string(icon.src());
      String mimeType = icon.mimeType();
      if (mimeType != null) {
        out.raw(",\"mimeType\":").string(mimeType);
      }
      if (!icon.sizes().isEmpty()) {
        out.raw(",\"sizes\":");
        strings(out, icon.sizes());
      }
      String theme = icon.theme();
      if (theme != null) {
        out.raw(",\"theme\":").string(theme);
      }
      out.raw('}');
      separator = ',';
    }
    out.raw(']');
  }

  static void hints(JsonOut out, ResourceDescriptor.Hints hints, Revision revision) {
    // The first revision does not know the time, and an object with nothing in it says nothing.
    String modified = revision.structured() ? hints.lastModified() : null;
    Double priority = hints.priority();
    if (hints.audience().isEmpty() && priority == null && modified == null) {
      return;
    }
    out.raw(",\"annotations\":");
    char separator = '{';
    if (!hints.audience().isEmpty()) {
      out.raw(separator).raw("\"audience\":");
      strings(out, hints.audience());
      separator = ',';
    }
    if (priority != null) {
      out.raw(separator).raw("\"priority\":").number(priority);
      separator = ',';
    }
    if (modified != null) {
      out.raw(separator).raw("\"lastModified\":").string(modified);
    }
    out.raw('}');
  }

  private static void strings(JsonOut out, List<String> strings) {
    char before = '[';
    for (String each : strings) {
      out.raw(before).string(each);
      before = ',';
    }
    out.raw(']');
  }
}
