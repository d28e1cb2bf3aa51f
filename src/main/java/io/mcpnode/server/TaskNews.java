package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskInput;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a task stands, for the node that runs it.
 *
 * @param version of the record
 * @param run that counts; another one is void
 * @param terminal nobody waits for the run any more
 * @param answers of the client, JSON by the key of the input
 */
record TaskNews(long version, int run, boolean terminal, Map<String, String> answers) {

  static TaskNews of(StateRecord record, TaskInfo task) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (TaskInput input : task.inputs()) {
      String response = input.response();
      if (response != null) {
        answers.put(input.key(), response);
      }
    }
    return new TaskNews(record.version(), task.run(), task.status().terminal(), answers);
  }

  Answer answer(Answers answers) {
    return Answer.ok(answers.node(), encode());
  }

  Buffer encode() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version).put("run", run).put("terminal", terminal);
    ObjectNode texts = json.putObject("answers");
    answers.forEach(texts::put);
    try {
      return Buffer.buffer(TaskAsk.MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is writable", e);
    }
  }

  static TaskNews decode(Buffer body) {
    try {
      JsonNode json = TaskAsk.MAPPER.readTree(body.getBytes());
      return new TaskNews(
          json.path("version").asLong(),
          json.path("run").asInt(),
          json.path("terminal").asBoolean(),
          TaskAsk.texts(json.path("answers")));
    } catch (IOException e) {
      throw new UncheckedIOException("not the news of a task", e);
    }
  }
}
