package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;

/** A node that runs the task, or whose client listens, waits for a change. */
final class ChangeWait implements TaskWatch.Watcher {
  private final Hosted hosted;
  private final TaskAsk.Watch watch;
  private final Reply reply;
  private final Answers answers;

  ChangeWait(Hosted hosted, TaskAsk.Watch watch, Reply reply, Answers answers) {
    this.hosted = hosted;
    this.watch = watch;
    this.reply = reply;
    this.answers = answers;
  }

  @Override
  public boolean isRun() {
    return watch.byRun();
  }

  @Override
  public void changed(StateRecord record, TaskInfo task) {
    if (record.version() > watch.version()
        && hosted.attachment(TaskWatch.class, TaskWatch::new).remove(this)) {
      reply.end(TaskNews.of(record, task).answer(answers));
    }
  }
}
