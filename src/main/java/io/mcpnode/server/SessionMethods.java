package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.Shape;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.wire.Failure;
import io.vertx.core.Future;
import java.util.List;

/** The methods of a session, at its owner. */
final class SessionMethods {

  private final Answers answers;
  private final Failures failures;
  private final Catalogs catalogs;
  private final ToolCatalog tools;
  private final Pages pages;
  private final CallRunner calls;
  private final FeatureMethods features;
  private final CallRates rates;
  private final SessionSettings settings;
  private final TaskMethods tasks;
  private final ClientAnswers clientAnswers;

  SessionMethods(
      Answers answers,
      Failures failures,
      Catalogs catalogs,
      Pages pages,
      CallRunner calls,
      FeatureMethods features,
      CallRates rates,
      SessionSettings settings,
      TaskMethods tasks,
      ClientAnswers clientAnswers) {
    this.answers = answers;
    this.failures = failures;
    this.catalogs = catalogs;
    this.tools = catalogs.tools();
    this.pages = pages;
    this.calls = calls;
    this.features = features;
    this.rates = rates;
    this.settings = settings;
    this.tasks = tasks;
    this.clientAnswers = clientAnswers;
  }

  void answer(Hosted session, Revision revision, Message message, String principal, Reply reply) {
    if (message instanceof Message.Request request) {
      request(session, revision, request, principal, reply);
    } else if (message instanceof Message.Notification notification) {
      notification(session, notification, reply);
    } else if (message instanceof Message.Batch batch) {
      batch(session, revision, batch, principal, reply);
    } else if (message instanceof Message.Invalid invalid) {
      reply.end(answers.error(HttpStatus.BAD_REQUEST, invalid.id(), invalid.error()));
    } else if (message instanceof Message.Response response) {
      Future<Void> ofTask = tasks.answered(session, response, principal);
      (ofTask != null ? ofTask : clientAnswers.arrived(session.record().key(), response))
          .onComplete(brought -> reply.end(answers.accepted()));
    }
  }

  private void request(
      Hosted session, Revision revision, Message.Request request, String principal, Reply reply) {
    RequestId id = request.id();
    if (!catalogs.features().offers(request.method())) {
      reply.end(answers.error(id, Methods.notOffered(request.method())));
      return;
    }
    if (!rates.allows(request.method(), session.record().key())) {
      reply.end(failures.answer(Failure.OVERLOADED, id, Failures.Asked.IN_SESSION));
      return;
    }
    switch (request.method()) {
      case Methods.TOOLS_CALL -> call(session, revision, request, principal, reply);
      case Methods.TOOLS_LIST ->
          reply.end(pages.page(ToolCatalog.LIST, tools.listing(revision), request));
      case Methods.TASKS_GET, Methods.TASKS_RESULT, Methods.TASKS_LIST, Methods.TASKS_CANCEL -> {
        if (revision.tasks()) {
          tasks.inSession(session, request, principal, reply);
        } else {
          reply.end(answers.error(id, Methods.notOffered(request.method())));
        }
      }
      case Methods.PING -> reply.end(answers.ok(MessageWriter.empty(id)));
      case Methods.INITIALIZE ->
          reply.end(
              answers.error(
                  HttpStatus.BAD_REQUEST,
                  id,
                  RpcError.of(
                      RpcCode.INVALID_REQUEST, "initialize: the session is already initialized")));
      case Methods.SET_LEVEL -> settings.logLevel(session, request, reply);
      case Methods.SUBSCRIBE -> settings.subscribe(session, request, reply);
      case Methods.UNSUBSCRIBE -> settings.unsubscribe(session, request, reply);
      default -> {
        if (!features.answer(request, revision, session, principal, reply)) {
          reply.end(answers.error(id, Methods.notOffered(request.method())));
        }
      }
    }
  }

  private void call(
      Hosted session, Revision revision, Message.Request request, String principal, Reply reply) {
    String name = request.params().name();
    ToolCatalog.Entry tool = name == null ? null : tools.tool(name);
    if (tool == null || request.params().arguments() == Shape.OTHER) {
      reply.end(answers.error(request.id(), ToolParams.wrong(request.params(), tool)));
      return;
    }
    if (request.params().task() != Shape.ABSENT || tool.taskSupport() != TaskSupport.FORBIDDEN) {
      tasks.call(tool, request, revision, session, principal, reply);
      return;
    }
    calls.inSession(
        tool, request, request.params().argumentsTree(), revision, session, principal, reply);
  }

  private void notification(Hosted session, Message.Notification notification, Reply reply) {
    switch (notification.method()) {
      case Methods.INITIALIZED -> settings.initialized(session, reply);
      case Methods.CANCELLED -> {
        cancelled(session, notification);
        reply.end(answers.accepted());
      }
      default -> reply.end(answers.accepted());
    }
  }

  private static void cancelled(Hosted session, Message.Notification notification) {
    RequestId id = notification.takesBack();
    if (id != null) {
      session.attachment(RunningCalls.class, RunningCalls::new).cancel(id);
    }
  }

  private void batch(
      Hosted session, Revision revision, Message.Batch batch, String principal, Reply reply) {
    if (!revision.batches()) {
      reply.end(
          answers.error(
              HttpStatus.BAD_REQUEST,
              null,
              RpcError.of(
                  RpcCode.INVALID_REQUEST,
                  "batch: revision " + revision.date() + " has none (expected: one message)")));
      return;
    }
    List<Message> messages = batch.messages();
    BatchReply parts = new BatchReply(reply, answers, failures, messages.size());
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      RequestId id = message instanceof Message.Request request ? request.id() : null;
      answer(session, revision, message, principal, parts.part(i, id));
    }
  }
}
