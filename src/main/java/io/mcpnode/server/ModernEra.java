package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.Decision;
import io.mcpnode.protocol.Headers;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.protocol.Shape;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 2026-07-28: no sessions. The node that the client reached answers, unless a call names a handle,
 * which its owner executes.
 */
final class ModernEra implements Era {

  private static final Logger LOG = LoggerFactory.getLogger(ModernEra.class);

  private static final RpcError WRONG_FILTER =
      RpcError.of(
          RpcCode.INVALID_PARAMS,
          "params.notifications: missing or wrong (expected: an object with toolsListChanged,"
              + " promptsListChanged, resourcesListChanged, resourceSubscriptions: at most "
              + ListenFilter.MAX_URIS
              + " addresses, taskIds: at most "
              + ListenFilter.MAX_TASKS
              + ")");

  private final Affinity affinity;
  private final Answers answers;
  private final Failures failures;
  private final Catalogs catalogs;
  private final ToolCatalog tools;
  private final Pages pages;
  private final CallRunner calls;
  private final FeatureMethods features;
  private final CallRates rates;
  private final TaskMethods tasks;
  private final TaskFollowing following;
  private final Listeners listeners;
  private final MessageWriter writer;

  ModernEra(
      Affinity affinity,
      Answers answers,
      Failures failures,
      Catalogs catalogs,
      Pages pages,
      CallRunner calls,
      FeatureMethods features,
      CallRates rates,
      Tasks tasks,
      Listeners listeners,
      ServerCard server) {
    this.affinity = affinity;
    this.answers = answers;
    this.failures = failures;
    this.catalogs = catalogs;
    this.tools = catalogs.tools();
    this.pages = pages;
    this.calls = calls;
    this.features = features;
    this.rates = rates;
    this.tasks = tasks.methods();
    following = tasks.following();
    this.listeners = listeners;
    writer = new MessageWriter(server);
  }

  @Override
  public void receive(ClientRequest request, Message message, ClientReply client) {
    if (!(message instanceof Message.Request asks)) {
      // None of this era has an effect here: one that takes a request back was heard before.
      client.end(answers.accepted());
      return;
    }
    RequestId id = asks.id();
    if (!catalogs.features().offers(asks.method())) {
      notOffered(asks, client);
      return;
    }
    if (!rates.allows(asks.method(), request.principal())) {
      client.end(failures.answer(Failure.OVERLOADED, id, Failures.Asked.WITH_HANDLE));
      return;
    }
    switch (asks.method()) {
      case Methods.TOOLS_CALL -> call(request, asks, client);
      case Methods.TOOLS_LIST ->
          client.end(pages.page(ToolCatalog.LIST, tools.listing(Revision.V2026_07_28), asks));
      case Methods.TASKS_GET, Methods.TASKS_UPDATE, Methods.TASKS_CANCEL ->
          tasks.stateless(
              asks,
              request.principal(),
              new EdgeReply(client, failures, id, Failures.Asked.ABOUT_TASK, null));
      case Methods.LISTEN -> listen(asks, request.principal(), client);
      case Methods.DISCOVER ->
          client.end(answers.ok(MessageWriter.result(id, catalogs.features().discoverResult())));
      default -> feature(request, asks, client);
    }
  }

  private void feature(ClientRequest request, Message.Request asks, ClientReply client) {
    EdgeReply reply = new EdgeReply(client, failures, asks.id(), Failures.Asked.WITH_HANDLE, null);
    if (!features.answer(asks, Revision.V2026_07_28, null, request.principal(), reply)) {
      notOffered(asks, client);
    }
  }

  private void notOffered(Message.Request asks, ClientReply client) {
    client.end(answers.error(HttpStatus.NOT_FOUND, asks.id(), Methods.notOffered(asks.method())));
  }

  private void listen(Message.Request asks, String principal, ClientReply client) {
    RequestId id = asks.id();
    EdgeReply reply = new EdgeReply(client, failures, id, Failures.Asked.WITH_HANDLE, null);
    ListenFilter filter = ListenFilter.of(asks.params().tree());
    if (filter == null) {
      reply.end(answers.error(id, WRONG_FILTER));
    } else if (!filter.tasks().isEmpty() && !TaskMethods.declared(asks.params())) {
      reply.end(tasks.withoutExtension(id));
    } else if (!following.tryEnter(filter.tasks().size())) {
      reply.fail(new WireException(Failure.OVERLOADED, "tasks: " + TaskFollowing.MAX));
    } else {
      ListenFilter heard = catalogs.features().heard(filter);
      listen(
          new ListenStream(
              id, heard, reply, answers, writer, following, Requester.name(principal, null)),
          reply);
    }
  }

  private void listen(ListenStream stream, EdgeReply reply) {
    if (!listeners.add(stream)) {
      stream.gone();
      reply.fail(new WireException(Failure.OVERLOADED, "streams: " + Listeners.MAX));
      return;
    }
    reply.onClientGone(
        () -> {
          listeners.remove(stream);
          stream.gone();
        });
    stream.begin();
  }

  private void call(ClientRequest request, Message.Request asks, ClientReply client) {
    String name = asks.params().name();
    ToolCatalog.Entry tool = name == null ? null : tools.tool(name);
    if (tool == null || asks.params().arguments() == Shape.OTHER) {
      client.end(answers.error(asks.id(), ToolParams.wrong(asks.params(), tool)));
      return;
    }
    ObjectNode arguments = asks.params().argumentsTree();
    Headers headers = tool.headerParams().isEmpty() ? null : request.protocolHeaders();
    if (headers != null) {
      Decision.Refused refused = tool.headerParams().check(asks.id(), arguments, headers);
      if (refused != null) {
        client.end(answers.refused(refused));
        return;
      }
    }
    String argument = tool.handleArgument();
    JsonNode handle = argument == null ? null : arguments.get(argument);
    if (handle == null || handle.isNull()) {
      EdgeReply reply =
          new EdgeReply(client, failures, asks.id(), Failures.Asked.WITH_HANDLE, null);
      start(tool, asks, arguments, null, request.principal(), reply);
    } else if (!handle.isTextual() || !Keys.plausible(handle.textValue())) {
      client.end(failures.answer(Failure.NOT_FOUND, asks.id(), Failures.Asked.WITH_HANDLE));
    } else {
      withHandle(handle.textValue(), request, tool, asks, arguments, client);
    }
  }

  private void withHandle(
      String key,
      ClientRequest request,
      ToolCatalog.Entry tool,
      Message.Request asks,
      ObjectNode arguments,
      ClientReply client) {
    Hosted hosted = affinity.enter(key);
    EdgeReply reply =
        new EdgeReply(client, failures, asks.id(), Failures.Asked.WITH_HANDLE, hosted);
    if (hosted == null) {
      affinity.dispatch(key, Forwarding.message(request, tool.repeatable(), false), reply);
      return;
    }
    try {
      run(hosted, tool, asks, arguments, request.principal(), reply);
    } catch (RuntimeException e) {
      LOG.error("a message could not be served", e);
      reply.fail(new WireException(Failure.INTERNAL, "not served"));
    }
  }

  /** The edge has checked the message; the owner may know other tools while nodes are upgraded. */
  @Override
  public void execute(Hosted hosted, Message message, String principal, Reply reply) {
    String name = message instanceof Message.Request asks ? asks.params().name() : null;
    ToolCatalog.Entry tool = name == null ? null : tools.tool(name);
    if (!(message instanceof Message.Request asks)
        || !asks.method().equals(Methods.TOOLS_CALL)
        || asks.params().arguments() == Shape.OTHER) {
      reply.fail(new WireException(Failure.INVALID, "not a call that names a handle"));
    } else if (tool == null) {
      reply.end(answers.error(asks.id(), ToolParams.wrong(asks.params(), null)));
    } else {
      run(hosted, tool, asks, asks.params().argumentsTree(), principal, reply);
    }
  }

  private void run(
      Hosted hosted,
      ToolCatalog.Entry tool,
      Message.Request asks,
      ObjectNode arguments,
      String principal,
      Reply reply) {
    StateRecord record = hosted.record();
    if (record.kind() != Kind.HANDLE || !record.principal().equals(principal)) {
      reply.fail(Keys.notFound());
      return;
    }
    start(tool, asks, arguments, hosted, principal, reply);
  }

  private void start(
      ToolCatalog.Entry tool,
      Message.Request asks,
      ObjectNode arguments,
      @Nullable Hosted hosted,
      String principal,
      Reply reply) {
    if (tool.taskSupport() == TaskSupport.FORBIDDEN) {
      calls.stateless(tool, asks, arguments, hosted, principal, reply);
    } else {
      tasks.call(tool, asks, arguments, hosted, principal, reply);
    }
  }
}
