package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.FeatureWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.vertx.core.Future;
import java.util.List;

/** A resource, or one of a template, is read. */
record ResourceWork(
    Answers answers,
    FeatureWriter writer,
    RequestId id,
    Revision revision,
    String uri,
    Reader reader)
    implements Work<List<Content.Embedded>> {

  /** What reads it. */
  interface Reader {
    Future<List<Content.Embedded>> read(ToolContext call);
  }

  @Override
  public String name() {
    return "resource " + uri;
  }

  @Override
  public Future<List<Content.Embedded>> start(ToolContext call) {
    return reader.read(call);
  }

  @Override
  public Answer answer(List<Content.Embedded> contents) {
    return contents.isEmpty()
        ? answers.error(id, RpcError.resourceNotFound(uri, revision))
        : answers.ok(writer.contents(id, contents, revision));
  }

  @Override
  public RpcError error(McpException e) {
    return e.code() == RpcCode.RESOURCE_NOT_FOUND.value()
        ? RpcError.resourceNotFound(uri, revision)
        : Work.super.error(e);
  }
}
