package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the answers about resources, prompts and completion. Any thread. */
public final class FeatureWriter {

  private final ResultEnd end;

  /** Of contents, which may change at any time, and differ between callers. */
  private static final byte[] CONTENTS_CACHING =
      ",\"ttlMs\":0,\"cacheScope\":\"private\"".getBytes(StandardCharsets.US_ASCII);

  public FeatureWriter(ServerCard server) {
    end = new ResultEnd(server);
  }

  /** The response of {@code resources/read}. */
  public JsonOut contents(RequestId id, List<Content.Embedded> contents, Revision revision) {
    int size = 256;
    for (Content.Embedded each : contents) {
      size += 256 + length(each.text()) + length(each.blob());
    }
    JsonOut out = MessageWriter.resultHead(id, size).raw("{\"contents\":[");
    for (int i = 0; i < contents.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      MessageWriter.contents(out, contents.get(i), contents.get(i).extras().meta(), revision);
    }
    out.raw(']');
    if (revision.modern()) {
      out.raw(CONTENTS_CACHING);
    }
    return end(out, null, revision);
  }

  /** The response of {@code prompts/get}. */
  public JsonOut prompt(RequestId id, PromptOutcome prompt, Revision revision) {
    JsonOut out = MessageWriter.resultHead(id, 512).raw('{');
    String description = prompt.description();
    if (description != null) {
      out.raw("\"description\":").string(description).raw(',');
    }
    out.raw("\"messages\":[");
    for (int i = 0; i < prompt.messages().size(); i++) {
      PromptOutcome.Message message = prompt.messages().get(i);
      out.raw(i == 0 ? "{\"role\":" : ",{\"role\":").string(message.role()).raw(",\"content\":");
      MessageWriter.content(out, message.content(), revision);
      out.raw('}');
    }
    return end(out.raw(']'), prompt.meta(), revision);
  }

  /** The response of {@code completion/complete}. */
  public JsonOut completion(RequestId id, CompletionOutcome completion, Revision revision) {
    JsonOut out = MessageWriter.resultHead(id, 256).raw("{\"completion\":{\"values\":[");
    for (int i = 0; i < completion.values().size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.string(completion.values().get(i));
    }
    out.raw(']');
    Integer total = completion.total();
    if (total != null) {
      out.raw(",\"total\":").raw(total.toString());
    }
    Boolean hasMore = completion.hasMore();
    if (hasMore != null) {
      out.raw(",\"hasMore\":").raw(hasMore.toString());
    }
    return end(out.raw('}'), null, revision);
  }

  private JsonOut end(JsonOut out, @Nullable ObjectNode meta, Revision revision) {
    end.write(out, meta, revision);
    return out.raw("}}");
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
