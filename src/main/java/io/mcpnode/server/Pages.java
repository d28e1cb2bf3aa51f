package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.Listing;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;

/** Answers the list methods, a page at a time. */
final class Pages {

  private static final RpcError UNKNOWN_CURSOR =
      RpcError.of(
          RpcCode.INVALID_PARAMS,
          "params.cursor: not one of this list (expected: a nextCursor of this server, or none)");

  private final Answers answers;
  private final Cursors cursors;

  Pages(Answers answers, Cursors cursors) {
    this.answers = answers;
    this.cursors = cursors;
  }

  /**
   * The page that the request asks for; an empty cursor asks for the first, as none does.
   *
   * @param list by which its cursors were made
   */
  Answer page(String list, Listing listing, Message.Request request) {
    if (!request.params().cursor()) {
      return answers.ok(MessageWriter.result(request.id(), listing.first()));
    }
    String cursor = request.params().cursorText();
    if (cursor != null && cursor.isEmpty()) {
      return answers.ok(MessageWriter.result(request.id(), listing.first()));
    }
    String key = cursor == null ? null : cursors.key(list, cursor);
    return key == null
        ? answers.error(request.id(), UNKNOWN_CURSOR)
        : answers.ok(MessageWriter.result(request.id(), listing.after(key)));
  }
}
