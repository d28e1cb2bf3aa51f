package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskInput;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A client waits for the result; meanwhile it gets what the task has to tell and to ask. */
final class ResultWait implements TaskWatch.Watcher {
  private final Hosted hosted;
  private final RequestId id;
  private final Reply reply;
  private final Answers answers;
  private final TaskProjection projection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> asked = new HashSet<>();
  private boolean told;

  ResultWait(Hosted hosted, RequestId id, Reply reply, Answers answers, TaskProjection projection) {
    this.hosted = hosted;
    this.id = id;
    this.reply = reply;
    this.answers = answers;
    this.projection = projection;
  }

  @Override
  public void changed(StateRecord record, TaskInfo task) {
    lock.lock();
    try {
      if (told) {
        return;
      }
      told = task.status().terminal();
      if (!told) {
        questions(record.key(), task);
        return;
      }
    } finally {
      lock.unlock();
    }
    if (hosted.attachment(TaskWatch.class, TaskWatch::new).remove(this)) {
      reply.end(answers.ok(projection.result(id, record.key(), task)));
    }
  }

  private void questions(String key, TaskInfo task) {
    for (TaskInput input : task.inputs()) {
      if (input.open() && asked.add(input.key())) {
        reply.event(question(key, input));
      }
    }
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public Future<Void> event(Buffer message) {
    return reply.event(message);
  }

  /** A request to the client, whose id says what it is about, so that any node knows the answer. */
  private static Buffer question(String key, TaskInput input) {
    try {
      ObjectNode asked = (ObjectNode) TaskAsk.MAPPER.readTree(input.request());
      ObjectNode params = asked.withObject("/params");
      params.set("_meta", TaskAsk.MAPPER.readTree(TaskProjection.related(key)));
      ObjectNode request = TaskAsk.MAPPER.createObjectNode();
      request.put("jsonrpc", "2.0").put("id", TaskQuestionId.of(key, input.key()));
      request.setAll(asked);
      return Buffer.buffer(TaskAsk.MAPPER.writeValueAsBytes(request));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("was JSON when it was stored", e);
    }
  }
}
