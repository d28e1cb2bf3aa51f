package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a server says: results, errors, tool answers, progress. Any thread. */
public final class MessageWriter {

  private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] RESULT = ascii(",\"result\":");
  private static final byte[] CONTENT = ascii(",\"result\":{\"content\":[");
  private static final byte[] TEXT = ascii("{\"type\":\"text\",\"text\":");
  private static final byte[] IS_ERROR = ascii(",\"isError\":true");
  private static final byte[] END = ascii("}}");
  private static final byte[] EMPTY = ascii("{}");
  private static final int FRAME = 64;
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private final ResultEnd end;
  private final byte[] inputRequiredTail;
  private final String info;

  public MessageWriter(ServerCard server) {
    end = new ResultEnd(server);
    inputRequiredTail = server.resultTail("input_required");
    info = server.info();
  }

  /**
   * @param result a JSON value
   */
  public static JsonOut result(RequestId id, byte[] result) {
    return new JsonOut(FRAME + id.json().length() + result.length)
        .raw(HEAD)
        .raw(id.json())
        .raw(RESULT)
        .raw(result)
        .raw('}');
  }

  /** A response up to its result, which the caller writes, and then one brace. */
  static JsonOut resultHead(RequestId id, int expected) {
    return new JsonOut(FRAME + id.json().length() + expected).raw(HEAD).raw(id.json()).raw(RESULT);
  }

  /** An acknowledgement, {@code {}}. */
  public static JsonOut empty(RequestId id) {
    return result(id, EMPTY);
  }

  /**
   * @param id null if it could not be read: the member is left out, as the later schemas want it
   */
  public static JsonOut error(@Nullable RequestId id, RpcError error) {
    JsonOut out = new JsonOut(256);
    if (id == null) {
      out.raw("{\"jsonrpc\":\"2.0\"");
    } else {
      out.raw(HEAD).raw(id.json());
    }
    out.raw(",\"error\":{\"code\":").raw(Integer.toString(error.code().value()));
    out.raw(",\"message\":").string(error.message());
    String data = error.data();
    if (data != null) {
      out.raw(",\"data\":").raw(data);
    }
    return out.raw(END);
  }

  /** The response of {@code tools/call} in the words of a revision. */
  public JsonOut toolAnswer(RequestId id, ToolOutcome outcome, Revision revision) {
    JsonOut out = new JsonOut(estimate(outcome) + id.json().length());
    out.raw(HEAD).raw(id.json()).raw(CONTENT);
    members(out, outcome, revision);
    end.write(out, outcome.meta(), revision);
    return out.raw(END);
  }

  /**
   * What a tool answered, as a JSON object of its own: the result of {@code tools/call} without
   * what the latest revision adds to every result.
   */
  public JsonOut toolResult(ToolOutcome outcome, Revision revision) {
    JsonOut out = new JsonOut(estimate(outcome)).raw("{\"content\":[");
    members(out, outcome, revision);
    ObjectNode meta = outcome.meta();
    if (meta != null) {
      out.raw(",\"_meta\":").node(meta);
    }
    return out.raw('}');
  }

  /** From the first content block on. */
  private static void members(JsonOut out, ToolOutcome outcome, Revision revision) {
    JsonNode structured = outcome.structured();
    List<Content> content = outcome.content();
    for (int i = 0; i < content.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      content(out, content.get(i), revision);
    }
    if (content.isEmpty() && structured != null) {
      // For clients that don't read structured content (tools, backwards compatibility).
      text(out, structured.toString());
    }
    out.raw(']');
    if (structured != null && shows(structured, revision)) {
      out.raw(",\"structuredContent\":").node(structured);
    }
    if (outcome.error()) {
      out.raw(IS_ERROR);
    }
  }

  /** The answer of 2026-07-28 to a request that goes on when the client has answered these. */
  public JsonOut inputRequired(RequestId id, ObjectNode inputRequests, String requestState) {
    return new JsonOut(512 + requestState.length())
        .raw(HEAD)
        .raw(id.json())
        .raw(",\"result\":{\"inputRequests\":")
        .node(inputRequests)
        .raw(",\"requestState\":")
        .string(requestState)
        .raw(inputRequiredTail)
        .raw(END);
  }

  /** A request to a client of a revision with sessions. */
  public static JsonOut request(RequestId id, String method, ObjectNode params) {
    return new JsonOut(512)
        .raw(HEAD)
        .raw(id.json())
        .raw(",\"method\":")
        .string(method)
        .raw(",\"params\":")
        .node(params)
        .raw('}');
  }

  /** A {@code notifications/cancelled}: the answer to this request is no longer wanted. */
  public static JsonOut cancelled(RequestId request, String reason) {
    return new JsonOut(160)
        .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{")
        .raw("\"requestId\":")
        .raw(request.json())
        .raw(",\"reason\":")
        .string(reason)
        .raw(END);
  }

  /** A {@code notifications/elicitation/complete}. */
  public static JsonOut elicitationComplete(String id) {
    return elicitationComplete(id, "");
  }

  /**
   * @param related JSON of {@code _meta}; empty: none
   */
  public static JsonOut elicitationComplete(String id, String related) {
    JsonOut out =
        new JsonOut(160)
            .raw(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/elicitation/complete\",\"params\":{")
            .raw("\"elicitationId\":")
            .string(id);
    return end(out, related);
  }

  /** The end of a notification. */
  private static JsonOut end(JsonOut out, String related) {
    return related.isEmpty() ? out.raw(END) : out.raw(",\"_meta\":").raw(related).raw(END);
  }

  /**
   * A {@code notifications/.../list_changed} or {@code notifications/resources/updated} on a stream
   * of {@code subscriptions/listen}.
   *
   * @param uri of the resource, else empty
   * @param subscription the id of the request that listens
   */
  public static JsonOut subscribed(String method, String uri, RequestId subscription) {
    JsonOut out = notice(method, uri);
    return out.raw(uri.isEmpty() ? "\"_meta\":" : ",\"_meta\":")
        .raw(subscription(subscription))
        .raw("}}");
  }

  /** The {@code _meta} of what is sent on a stream of {@code subscriptions/listen}. */
  public static String subscription(RequestId request) {
    return "{\"" + SUBSCRIPTION + "\":" + request.json() + '}';
  }

  /** The same for clients of revisions with sessions. */
  public static JsonOut changed(String method, String uri) {
    return uri.isEmpty()
        ? new JsonOut(96).raw("{\"jsonrpc\":\"2.0\",\"method\":").string(method).raw('}')
        : notice(method, uri).raw(END);
  }

  private static JsonOut notice(String method, String uri) {
    JsonOut out =
        new JsonOut(192 + uri.length())
            .raw("{\"jsonrpc\":\"2.0\",\"method\":")
            .string(method)
            .raw(",\"params\":{");
    return uri.isEmpty() ? out : out.raw("\"uri\":").string(uri);
  }

  /** The first message of a stream of {@code subscriptions/listen}. */
  public static JsonOut acknowledged(ObjectNode filter, RequestId subscription) {
    return new JsonOut(256)
        .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",")
        .raw("\"params\":{\"notifications\":")
        .node(filter)
        .raw(",\"_meta\":")
        .raw(subscription(subscription))
        .raw("}}");
  }

  /** The last message of a stream of {@code subscriptions/listen} that the server ends. */
  public JsonOut listenEnd(RequestId subscription) {
    return new JsonOut(256)
        .raw(HEAD)
        .raw(subscription.json())
        .raw(",\"result\":{\"resultType\":\"complete\",\"_meta\":{\"" + SUBSCRIPTION + "\":")
        .raw(subscription.json())
        .raw(",\"io.modelcontextprotocol/serverInfo\":")
        .raw(info)
        .raw("}}}");
  }

  /** Tells a client that messages before the next one are no longer kept. */
  public static JsonOut missed(long count) {
    return new JsonOut(224)
        .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{")
        .raw("\"level\":\"warning\",\"logger\":\"mcp-node\",\"data\":")
        .string(count + " earlier messages of this stream are no longer available")
        .raw(END);
  }

  /** A {@code notifications/progress}; NaN and empty stand for nothing said. */
  public static JsonOut progress(RequestId token, double progress, double total, String message) {
    return progress(token, progress, total, message, "");
  }

  /**
   * @param related JSON of {@code _meta}; empty: none
   */
  public static JsonOut progress(
      RequestId token, double progress, double total, String message, String related) {
    JsonOut out = new JsonOut(160 + message.length());
    out.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{");
    out.raw("\"progressToken\":").raw(token.json());
    out.raw(",\"progress\":").number(progress);
    if (Double.isFinite(total)) {
      out.raw(",\"total\":").number(total);
    }
    if (!message.isEmpty()) {
      out.raw(",\"message\":").string(message);
    }
    return end(out, related);
  }

  /**
   * A {@code notifications/message}.
   *
   * @param logger empty: not said
   * @param related JSON of {@code _meta}; empty: none
   * @throws IllegalArgumentException if the data can't be written, such as when nested too deeply
   */
  public static JsonOut log(LogLevel level, String logger, JsonNode data, String related) {
    JsonOut out = new JsonOut(256);
    out.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":");
    out.string(level.wire());
    if (!logger.isEmpty()) {
      out.raw(",\"logger\":").string(logger);
    }
    return end(out.raw(",\"data\":").node(data), related);
  }

  private static boolean shows(JsonNode structured, Revision revision) {
    return revision.modern() || (revision.structured() && structured.isObject());
  }

  /** A content block as a tree, for a message of which it is a part. */
  public static JsonNode block(Content content, Revision revision) {
    JsonOut out = new JsonOut(256);
    content(out, content, revision);
    try {
      return Json.MAPPER.readTree(out.array(), 0, out.size());
    } catch (IOException e) {
      throw new IllegalStateException("was just written", e);
    }
  }

  static void content(JsonOut out, Content content, Revision revision) {
    if (content instanceof Content.Text text) {
      out.raw(TEXT).string(text.text());
    } else if (content instanceof Content.Image image) {
      binary(out, "image", image.data(), image.mimeType());
    } else if (content instanceof Content.Audio audio) {
      binary(out, "audio", audio.data(), audio.mimeType());
    } else if (content instanceof Content.Link link) {
      link(out, link, revision);
    } else if (content instanceof Content.Embedded embedded) {
      out.raw("{\"type\":\"resource\",\"resource\":");
      contents(out, embedded, null, revision);
    }
    ExtrasWriter.block(out, content.extras(), revision);
    out.raw('}');
  }

  private static void text(JsonOut out, String text) {
    out.raw(TEXT).string(text).raw('}');
  }

  private static void binary(JsonOut out, String type, String data, String mimeType) {
    out.raw("{\"type\":").string(type).raw(",\"data\":").string(data);
    out.raw(",\"mimeType\":").string(mimeType);
  }

  /** The first revision has no links: it gets the address as text. */
  private static void link(JsonOut out, Content.Link link, Revision revision) {
    if (!revision.structured()) {
      out.raw(TEXT).string(link.name() + ": " + link.uri());
      return;
    }
    out.raw("{\"type\":\"resource_link\",\"uri\":").string(link.uri());
    out.raw(",\"name\":").string(link.name());
    out.optional("title", link.title());
    out.optional("description", link.description());
    out.optional("mimeType", link.mimeType());
    Long size = link.size();
    if (size != null) {
      out.raw(",\"size\":").raw(size.toString());
    }
  }

  /**
   * The contents of a resource by themselves.
   *
   * @param meta their own, not that of a block that they are in
   */
  static void contents(
      JsonOut out, Content.Embedded contents, @Nullable ObjectNode meta, Revision revision) {
    out.raw("{\"uri\":").string(contents.uri());
    out.optional("mimeType", contents.mimeType());
    out.optional("text", contents.text());
    out.optional("blob", contents.blob());
    ExtrasWriter.meta(out, meta, revision);
    out.raw('}');
  }

  private int estimate(ToolOutcome outcome) {
    int size = 2 * FRAME + end.size();
    for (Content content : outcome.content()) {
      size += FRAME + (content instanceof Content.Text text ? text.text().length() : FRAME);
    }
    return size;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
