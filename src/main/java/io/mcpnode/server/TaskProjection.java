package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskInput;
import io.mcpnode.state.TaskOutcome;
import io.mcpnode.state.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task in the words of both revisions that have tasks. Pure. The differences: 2025-11-25 nests
 * the task in the answer that creates it, gives its result by a method of its own, and calls a task
 * failed whose tool answered an error; 2026-07-28 is flat, has the result within the task, and
 * calls that completed.
 */
final class TaskProjection {

  private static final String RELATED = "io.modelcontextprotocol/related-task";

  /** How often a client may well ask. */
  static final int POLL_MILLIS = 500;

  private final byte[] modernTail;
  private final byte[] createdTail;

  TaskProjection(ServerCard server) {
    modernTail = server.resultTail("complete");
    createdTail = server.resultTail("task");
  }

  /** The answer to the call: there is a task now. */
  JsonOut created(RequestId id, StateRecord record, TaskInfo task, boolean modern) {
    JsonOut out = new JsonOut(512);
    if (modern) {
      task(out.raw('{'), record, task, true);
      out.raw(createdTail).raw('}');
    } else {
      task(out.raw("{\"task\":{"), record, task, false);
      out.raw("}}");
    }
    return MessageWriter.result(id, out.toByteArray());
  }

  /** The answer to {@code tasks/get}, and in 2025-11-25 to {@code tasks/cancel}. */
  JsonOut task(RequestId id, StateRecord record, TaskInfo task, boolean modern) {
    JsonOut out = new JsonOut(512).raw('{');
    task(out, record, task, modern);
    if (modern) {
      outcome(out, task);
      inputs(out, task);
      out.raw(modernTail);
    }
    return MessageWriter.result(id, out.raw('}').toByteArray());
  }

  /** The notification of 2026-07-28, with all that {@code tasks/get} would answer now. */
  static JsonOut notice(StateRecord record, TaskInfo task, RequestId subscription) {
    JsonOut out = notification("notifications/tasks");
    task(out, record, task, true);
    outcome(out, task);
    inputs(out, task);
    return out.raw(",\"_meta\":").raw(MessageWriter.subscription(subscription)).raw("}}");
  }

  /** The notification of 2025-11-25. */
  static JsonOut status(StateRecord record, TaskInfo task) {
    JsonOut out = notification("notifications/tasks/status");
    task(out, record, task, false);
    return out.raw("}}");
  }

  private static JsonOut notification(String method) {
    return new JsonOut(512)
        .raw("{\"jsonrpc\":\"2.0\",\"method\":")
        .string(method)
        .raw(",\"params\":{");
  }

  /** The answer of 2026-07-28 to what changes a task. */
  JsonOut acknowledged(RequestId id) {
    String tail = new String(modernTail, StandardCharsets.UTF_8);
    return MessageWriter.result(
        id, ('{' + tail.substring(1) + '}').getBytes(StandardCharsets.UTF_8));
  }

  /** The answer of 2025-11-25 to {@code tasks/list}. */
  JsonOut list(RequestId id, List<StateRecord> records, @Nullable String nextCursor) {
    JsonOut out = new JsonOut(256 + 256 * records.size()).raw("{\"tasks\":[");
    boolean first = true;
    for (StateRecord record : records) {
      TaskInfo task = record.contents().task();
      if (task != null) {
        out.raw(first ? "{" : ",{");
        task(out, record, task, false);
        out.raw('}');
        first = false;
      }
    }
    out.raw(']');
    if (nextCursor != null) {
      out.raw(",\"nextCursor\":").string(nextCursor);
    }
    return MessageWriter.result(id, out.raw('}').toByteArray());
  }

  /** The answer of 2025-11-25 to {@code tasks/result}: what the call itself would have answered. */
  JsonOut result(RequestId id, String key, TaskInfo task) {
    TaskOutcome outcome = task.outcome();
    if (outcome == null) {
      return MessageWriter.error(
          id, RpcError.of(RpcCode.INTERNAL_ERROR, "the task was cancelled: there is no result"));
    }
    if (outcome.kind() == TaskOutcome.Kind.PROTOCOL_ERROR) {
      return new JsonOut(128)
          .raw("{\"jsonrpc\":\"2.0\",\"id\":")
          .raw(id.json())
          .raw(",\"error\":")
          .raw(outcome.json())
          .raw('}');
    }
    return MessageWriter.result(id, withRelated(outcome.json(), key));
  }

  private static byte[] withRelated(String result, String key) {
    if (result.contains("\"_meta\":")) {
      return merged(result, key);
    }
    return new JsonOut(result.length() + 128)
        .raw(open(result))
        .raw(",\"_meta\":")
        .raw(related(key))
        .raw('}')
        .toByteArray();
  }

  /** The author gave the result, or a part of it, metadata of its own. */
  private static byte[] merged(String result, String key) {
    try {
      ObjectNode tree = (ObjectNode) TaskAsk.MAPPER.readTree(result);
      tree.withObjectProperty("_meta").putObject(RELATED).put("taskId", key);
      return TaskAsk.MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("was JSON when it was stored", e);
    }
  }

  /** What a message says about the task that it belongs to, the {@code _meta} of 2025-11-25. */
  static String related(String key) {
    return "{\"" + RELATED + "\":{\"taskId\":\"" + key + "\"}}";
  }

  private static void task(JsonOut out, StateRecord record, TaskInfo task, boolean modern) {
    out.raw("\"taskId\":").string(record.key());
    out.raw(",\"status\":").string(status(task, modern));
    String message = message(task, modern);
    if (message != null) {
      out.raw(",\"statusMessage\":").string(message);
    }
    out.raw(",\"createdAt\":").string(time(record.createdAt()));
    // A task is made just before its record; nobody shall see it updated before it was created.
    long updated = Math.max(record.createdAt(), task.updatedAt());
    out.raw(",\"lastUpdatedAt\":").string(time(updated));
    out.raw(modern ? ",\"ttlMs\":" : ",\"ttl\":").raw(Long.toString(task.order().ttlMillis()));
    out.raw(modern ? ",\"pollIntervalMs\":" : ",\"pollInterval\":");
    out.raw(Integer.toString(POLL_MILLIS));
  }

  private static String status(TaskInfo task, boolean modern) {
    return !modern && toolError(task) ? TaskStatus.FAILED.wire() : task.status().wire();
  }

  private static @Nullable String message(TaskInfo task, boolean modern) {
    return switch (task.status()) {
      case WORKING -> null;
      case INPUT_REQUIRED -> "waits for an answer of the client";
      case COMPLETED -> !modern && toolError(task) ? "the tool answered an error" : null;
      case FAILED -> "there is no result, but an error";
      case CANCELLED -> "cancelled by the client";
    };
  }

  private static boolean toolError(TaskInfo task) {
    TaskOutcome outcome = task.outcome();
    return outcome != null && outcome.kind() == TaskOutcome.Kind.TOOL_ERROR;
  }

  private static void outcome(JsonOut out, TaskInfo task) {
    TaskOutcome outcome = task.outcome();
    if (outcome == null) {
      return;
    }
    if (outcome.kind() == TaskOutcome.Kind.PROTOCOL_ERROR) {
      out.raw(",\"error\":").raw(outcome.json());
    } else {
      out.raw(",\"result\":").raw(open(outcome.json())).raw(",\"resultType\":\"complete\"}");
    }
  }

  private static void inputs(JsonOut out, TaskInfo task) {
    if (task.status() != TaskStatus.INPUT_REQUIRED) {
      return;
    }
    char separator = '{';
    out.raw(",\"inputRequests\":");
    for (TaskInput input : task.inputs()) {
      if (input.open()) {
        out.raw(separator).string(input.key()).raw(':').raw(input.request());
        separator = ',';
      }
    }
    out.raw('}');
  }

  /** A JSON object that is not empty, without its end. */
  private static String open(String json) {
    return json.substring(0, json.length() - 1);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
