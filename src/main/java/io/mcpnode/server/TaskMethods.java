package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.Params;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.Shape;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as clients of both revisions know them: who may have one, what is wrong with a request, and
 * the way to the owner.
 */
final class TaskMethods {

  static final long DEFAULT_TTL_MILLIS = 3_600_000;
  static final long MAX_TTL_MILLIS = 24 * DEFAULT_TTL_MILLIS;
  static final int PAGE = 50;

  private final Affinity affinity;
  private final Answers answers;
  private final Failures failures;
  private final CallRunner calls;
  private final TaskCreation creation;
  private final TaskDoor door;
  private final TaskProjection projection;

  TaskMethods(
      Affinity affinity,
      Answers answers,
      Failures failures,
      CallRunner calls,
      TaskCreation creation,
      TaskDoor door,
      TaskProjection projection) {
    this.affinity = affinity;
    this.answers = answers;
    this.failures = failures;
    this.calls = calls;
    this.creation = creation;
    this.door = door;
    this.projection = projection;
  }

  /**
   * A call within a session, of a tool that may run as a task or by a client that asks for one
   * (2025-11-25, tasks, tool-level negotiation).
   */
  void call(
      ToolCatalog.Entry tool,
      Message.Request request,
      Revision revision,
      Hosted session,
      String principal,
      Reply reply) {
    RequestId id = request.id();
    boolean wanted = revision.tasks() && request.params().task() != Shape.ABSENT;
    if (wanted && tool.taskSupport() == TaskSupport.FORBIDDEN) {
      reply.end(
          answers.error(
              id, RpcCode.METHOD_NOT_FOUND, "tool " + tool.name() + ": does not run as a task"));
    } else if (!wanted && tool.taskSupport() == TaskSupport.REQUIRED) {
      reply.end(
          answers.error(
              id, RpcCode.METHOD_NOT_FOUND, "tool " + tool.name() + ": runs as a task only"));
    } else if (!wanted) {
      ObjectNode arguments = request.params().argumentsTree();
      calls.inSession(tool, request, arguments, revision, session, principal, reply);
    } else {
      Long ttl = ttl(request.params());
      if (ttl == null) {
        reply.end(
            answers.error(
                id,
                RpcCode.INVALID_PARAMS,
                "params.task: not an object with a ttl of milliseconds, or without one (expected:"
                    + " {\"ttl\": 60000} or {})"));
        return;
      }
      ObjectNode arguments = request.params().argumentsTree();
      String requester = Requester.name(principal, session.record().key());
      creation.create(
          new TaskCall(tool, request, arguments, revision, session, requester, ttl), reply);
    }
  }

  /** Null if it is none; a longer one than the node keeps is shortened, as the answer tells. */
  private static @Nullable Long ttl(Params params) {
    if (params.task() != Shape.OBJECT) {
      return null;
    }
    JsonNode ttl = params.tree().path("task").path("ttl");
    if (ttl.isMissingNode() || ttl.isNull()) {
      return DEFAULT_TTL_MILLIS;
    }
    return ttl.isIntegralNumber() && ttl.canConvertToLong() && ttl.longValue() > 0
        ? (Long) Math.min(MAX_TTL_MILLIS, ttl.longValue())
        : null;
  }

  /**
   * A call of 2026-07-28 of a tool that may run as a task, which the server decides.
   *
   * @param handle whose state it uses; null if none
   */
  void call(
      ToolCatalog.Entry tool,
      Message.Request request,
      ObjectNode arguments,
      @Nullable Hosted handle,
      String principal,
      Reply reply) {
    if (declared(request.params())) {
      TaskCall call =
          new TaskCall(
              tool,
              request,
              arguments,
              Revision.V2026_07_28,
              handle,
              Requester.name(principal, null),
              DEFAULT_TTL_MILLIS);
      if (tool.taskOnDemand()) {
        TaskOnDemand task = new TaskOnDemand(creation, call);
        calls.stateless(tool, request, arguments, handle, principal, reply, task);
      } else {
        creation.create(call, reply);
      }
    } else if (tool.taskSupport() == TaskSupport.REQUIRED) {
      reply.end(withoutExtension(request.id()));
    } else {
      calls.stateless(tool, request, arguments, handle, principal, reply);
    }
  }

  /** The client has declared the extension in this very request. */
  static boolean declared(Params params) {
    return params
        .tree()
        .path("_meta")
        .path("io.modelcontextprotocol/clientCapabilities")
        .path("extensions")
        .path(Methods.TASKS_EXTENSION)
        .isObject();
  }

  /** The client of 2026-07-28 has to declare the extension for this. */
  Answer withoutExtension(RequestId id) {
    return answers.error(
        HttpStatus.BAD_REQUEST, id, RpcError.missingExtension(Methods.TASKS_EXTENSION));
  }

  /** A method about tasks, within a session whose revision has tasks. */
  void inSession(Hosted session, Message.Request request, String principal, Reply reply) {
    RequestId id = request.id();
    String requester = Requester.name(principal, session.record().key());
    if (request.method().equals(Methods.TASKS_LIST)) {
      list(id, request.params(), requester, reply);
      return;
    }
    String task = request.params().taskId();
    if (task == null) {
      reply.end(answers.error(id, TASK_MISSING));
      return;
    }
    TaskAsk ask =
        switch (request.method()) {
          case Methods.TASKS_RESULT -> new TaskAsk.Result(id);
          case Methods.TASKS_CANCEL -> new TaskAsk.Cancel(id, false, false);
          default -> new TaskAsk.Get(id, false);
        };
    if (ask instanceof TaskAsk.Result) {
      // The session may move while its client waits.
      reply.park();
    }
    door.send(task, ask, requester, new TaskAnswer(id, reply, failures));
  }

  /** A method about tasks, of 2026-07-28. */
  void stateless(Message.Request request, String principal, Reply reply) {
    RequestId id = request.id();
    if (!declared(request.params())) {
      reply.end(withoutExtension(id));
      return;
    }
    String task = request.params().taskId();
    if (task == null) {
      reply.end(answers.error(id, TASK_MISSING));
      return;
    }
    TaskAsk ask;
    switch (request.method()) {
      case Methods.TASKS_UPDATE -> {
        Map<String, String> responses = responses(request.params());
        if (responses == null) {
          reply.end(
              answers.error(
                  id,
                  RpcCode.INVALID_PARAMS,
                  "params.inputResponses: not an object of objects (expected: answers by the keys"
                      + " of what was asked)"));
          return;
        }
        ask = new TaskAsk.Update(id, true, responses);
      }
      case Methods.TASKS_CANCEL -> ask = new TaskAsk.Cancel(id, true, false);
      default -> ask = new TaskAsk.Get(id, true);
    }
    door.send(task, ask, Requester.name(principal, null), new TaskAnswer(id, reply, failures));
  }

  private static final RpcError TASK_MISSING =
      RpcError.of(RpcCode.INVALID_PARAMS, "params.taskId: missing (expected: the id of a task)");

  private static @Nullable Map<String, String> responses(Params params) {
    JsonNode given = params.tree().path("inputResponses");
    if (!given.isObject()) {
      return null;
    }
    Map<String, String> responses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> response : given.properties()) {
      if (!response.getValue().isObject()) {
        return null;
      }
      responses.put(response.getKey(), response.getValue().toString());
    }
    return responses;
  }

  /**
   * The client of a session answers a question of a task. Completes when the task has the answer,
   * or there is no such task any more.
   *
   * @return null if the question was not one of a task
   */
  @Nullable Future<Void> answered(Hosted session, Message.Response response, String principal) {
    TaskQuestionId question = TaskQuestionId.parse(response.id());
    if (question == null) {
      return null;
    }
    ObjectNode value = response.value().tree();
    if (response.error()) {
      value = JsonNodeFactory.instance.objectNode().set("error", value);
    }
    return door.tell(
            question.task(),
            new TaskAsk.Answered(question.input(), value.toString()),
            Requester.name(principal, session.record().key()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void list(RequestId id, Params params, String requester, Reply reply) {
    JsonNode cursor = params.tree().path("cursor");
    String after = "";
    if (!cursor.isMissingNode() && !cursor.isNull()) {
      after = cursor.isTextual() ? TaskCursor.key(cursor.textValue()) : null;
    }
    if (after == null) {
      reply.end(
          answers.error(
              id,
              RpcCode.INVALID_PARAMS,
              "params.cursor: not one of this server (expected: nextCursor of an answer)"));
      return;
    }
    affinity
        .list(Kind.TASK, requester, after, PAGE + 1)
        .onComplete(
            found -> {
              boolean more = found.size() > PAGE;
              List<StateRecord> page = more ? found.subList(0, PAGE) : found;
              String next = more ? TaskCursor.after(page.get(PAGE - 1).key()) : null;
              reply.end(answers.ok(projection.list(id, page, next)));
            },
            problem ->
                reply.end(
                    failures.answer(Failures.reason(problem), id, Failures.Asked.IN_SESSION)));
  }

  /** The way back to the client: a task that is not found is no session that is not found. */
  private record TaskAnswer(RequestId id, Reply reply, Failures failures) implements RelayedReply {

    @Override
    public void fail(WireException reason) {
      reply.end(failures.answer(Failures.reason(reason), id, Failures.Asked.ABOUT_TASK));
    }
  }
}
