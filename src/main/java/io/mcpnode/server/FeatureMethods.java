package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.feature.Completion;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.Resource;
import io.mcpnode.protocol.CompletionOutcome;
import io.mcpnode.protocol.FeatureWriter;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.Shape;
import org.jspecify.annotations.Nullable;

/** The methods about resources, prompts and completion, in both eras. */
final class FeatureMethods {

  private final Answers answers;
  private final Catalogs catalogs;
  private final Pages pages;
  private final CallRunner calls;
  private final FeatureWriter writer;

  FeatureMethods(
      Answers answers, Catalogs catalogs, Pages pages, CallRunner calls, FeatureWriter writer) {
    this.answers = answers;
    this.catalogs = catalogs;
    this.pages = pages;
    this.calls = calls;
    this.writer = writer;
  }

  /**
   * Answers one of these methods.
   *
   * @param session null in the era without
   * @return false if the method is none of these
   */
  boolean answer(
      Message.Request request,
      Revision revision,
      @Nullable Hosted session,
      String principal,
      Reply reply) {
    FeatureCatalog now = catalogs.features();
    switch (request.method()) {
      case Methods.RESOURCES_LIST ->
          reply.end(pages.page(FeatureCatalog.RESOURCES, now.resources(revision), request));
      case Methods.TEMPLATES_LIST ->
          reply.end(pages.page(FeatureCatalog.TEMPLATES, now.templates(revision), request));
      case Methods.PROMPTS_LIST ->
          reply.end(pages.page(FeatureCatalog.PROMPTS, now.prompts(revision), request));
      case Methods.RESOURCES_READ ->
          run(read(request, revision, now), request, revision, session, principal, reply);
      case Methods.PROMPTS_GET ->
          run(prompt(request, revision, now), request, revision, session, principal, reply);
      case Methods.COMPLETE ->
          run(completion(request, revision, now), request, revision, session, principal, reply);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Something to run, or why not. */
  private record Planned(@Nullable Work<?> work, @Nullable RpcError error) {
    static Planned refused(String why) {
      return new Planned(null, RpcError.of(RpcCode.INVALID_PARAMS, why));
    }
  }

  private void run(
      Planned planned,
      Message.Request request,
      Revision revision,
      @Nullable Hosted session,
      String principal,
      Reply reply) {
    Work<?> work = planned.work();
    if (work == null) {
      RpcError error = planned.error();
      reply.end(
          error == null
              ? answers.ok(writer.completion(request.id(), CompletionOutcome.NONE, revision))
              : answers.error(request.id(), error));
    } else {
      calls.run(work, request, revision, session, principal, reply);
    }
  }

  private Planned read(Message.Request request, Revision revision, FeatureCatalog now) {
    String uri = request.params().uri();
    String wrong = ResourceParams.wrong(uri);
    if (uri == null || wrong != null) {
      return Planned.refused(String.valueOf(wrong));
    }
    Resource resource = now.resource(uri);
    if (resource != null) {
      return new Planned(
          new ResourceWork(answers, writer, request.id(), revision, uri, resource::read), null);
    }
    FeatureCatalog.Match match = now.match(uri);
    return match == null
        ? new Planned(null, RpcError.resourceNotFound(uri, revision))
        : new Planned(
            new ResourceWork(
                answers,
                writer,
                request.id(),
                revision,
                uri,
                call -> match.template().read(uri, match.variables(), call)),
            null);
  }

  private Planned prompt(Message.Request request, Revision revision, FeatureCatalog now) {
    String name = request.params().name();
    Prompt prompt = name == null ? null : now.prompt(name);
    if (prompt == null) {
      return Planned.refused(
          name == null
              ? "params.name: missing (expected: the name of a prompt)"
              : "unknown prompt: " + RpcError.quote(name));
    }
    if (request.params().arguments() == Shape.OTHER) {
      return Planned.refused("params.arguments: not an object (expected: object)");
    }
    return new Planned(
        new PromptWork(
            answers, writer, request.id(), revision, prompt, request.params().argumentsTree()),
        null);
  }

  private Planned completion(Message.Request request, Revision revision, FeatureCatalog now) {
    CompletionParams params = CompletionParams.of(request.params().tree(), revision, now);
    if (params.error() != null) {
      return new Planned(null, params.error());
    }
    Completion completion = now.completion(params.target());
    // Nobody proposes values for this argument: none, and no error.
    return new Planned(
        completion == null
            ? null
            : new CompletionWork(answers, writer, request.id(), revision, completion, params),
        null);
  }
}
