package io.mcpnode.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@link TaskInfo} within those of its contents. */
final class TaskCodec {

  private TaskCodec() {}

  static void write(DataOutputStream out, TaskInfo task) throws IOException {
    write(out, task.order());
    ContentsCodec.write(out, task.runner());
    out.writeInt(task.run());
    out.writeByte(task.status().code());
    out.writeLong(task.updatedAt());
    out.writeInt(task.inputs().size());
    for (TaskInput input : task.inputs()) {
      ContentsCodec.write(out, input.key());
      ContentsCodec.write(out, input.request());
      optional(out, input.response());
    }
    TaskOutcome outcome = task.outcome();
    out.writeBoolean(outcome != null);
    if (outcome != null) {
      out.writeByte(outcome.kind().code());
      ContentsCodec.write(out, outcome.json());
    }
  }

  private static void write(DataOutputStream out, TaskOrder order) throws IOException {
    ContentsCodec.write(out, order.tool());
    ContentsCodec.write(out, order.arguments());
    ContentsCodec.write(out, order.revision());
    ContentsCodec.write(out, order.clientCapabilities());
    optional(out, order.stateKey());
    optional(out, order.progressToken());
    out.writeLong(order.ttlMillis());
    optional(out, order.traceparent());
  }

  private static TaskOrder order(DataInputStream in) throws IOException {
    return new TaskOrder(
        ContentsCodec.string(in),
        ContentsCodec.string(in),
        ContentsCodec.string(in),
        ContentsCodec.string(in),
        optional(in),
        optional(in),
        in.readLong(),
        optional(in));
  }

  static TaskInfo read(DataInputStream in) throws IOException {
    return new TaskInfo(
        order(in),
        ContentsCodec.string(in),
        in.readInt(),
        TaskStatus.ofCode(in.readByte()),
        in.readLong(),
        inputs(in),
        in.readBoolean()
            ? new TaskOutcome(TaskOutcome.Kind.ofCode(in.readByte()), ContentsCodec.string(in))
            : null);
  }

  private static List<TaskInput> inputs(DataInputStream in) throws IOException {
    List<TaskInput> inputs = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      inputs.add(new TaskInput(ContentsCodec.string(in), ContentsCodec.string(in), optional(in)));
    }
    return inputs;
  }

  private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      ContentsCodec.write(out, text);
    }
  }

  private static @Nullable String optional(DataInputStream in) throws IOException {
    return in.readBoolean() ? ContentsCodec.string(in) : null;
  }
}
