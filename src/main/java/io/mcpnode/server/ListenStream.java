package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** One {@code subscriptions/listen} of 2026-07-28, which lives as long as its stream. */
final class ListenStream implements Listener {

  private final RequestId id;
  private final ListenFilter filter;
  private final Reply reply;
  private final Answers answers;
  private final MessageWriter writer;
  private final TaskFollowing following;
  private final Notices notices;
  private final List<FollowedTask> tasks;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param following has let in the tasks of the filter
   * @param requester whose tasks can be heard of
   */
  ListenStream(
      RequestId id,
      ListenFilter filter,
      Reply reply,
      Answers answers,
      MessageWriter writer,
      TaskFollowing following,
      String requester) {
    this.id = id;
    this.filter = filter;
    this.reply = reply;
    this.answers = answers;
    this.writer = writer;
    this.following = following;
    notices = new Notices(reply);
    tasks = following.follow(filter.tasks(), requester, id, notices);
  }

  /** The first message says what the client will hear of: not of tasks that are none of its own. */
  void begin() {
    if (tasks.isEmpty()) {
      acknowledge(List.of());
      return;
    }
    List<FollowedTask> heard = new CopyOnWriteArrayList<>(tasks);
    Future.join(
            tasks.stream()
                .map(task -> task.exists().onSuccess(there -> keepIf(there, task, heard)))
                .toList())
        .onComplete(all -> acknowledge(heard));
  }

  private static void keepIf(boolean there, FollowedTask task, List<FollowedTask> heard) {
    if (!there) {
      heard.remove(task);
    }
  }

  private void acknowledge(List<FollowedTask> heard) {
    if (ended.get()) {
      return;
    }
    ObjectNode honoured = filter.json(heard.stream().map(FollowedTask::key).toList());
    reply.event(Answers.buffer(MessageWriter.acknowledged(honoured, id)));
    heard.forEach(FollowedTask::begin);
    notices.open();
  }

  /** As clients of all revisions know it. */
  static String method(StreamsProtocol.Change change) {
    return switch (change) {
      case TOOLS -> "notifications/tools/list_changed";
      case PROMPTS -> "notifications/prompts/list_changed";
      case RESOURCES -> "notifications/resources/list_changed";
      case RESOURCE -> "notifications/resources/updated";
    };
  }

  @Override
  public void changed(StreamsProtocol.Announce change) {
    if (filter.wants(change)) {
      notices.offer(
          change,
          () ->
              Future.succeededFuture(
                  Answers.buffer(
                      MessageWriter.subscribed(method(change.change()), change.uri(), id))));
    }
  }

  @Override
  public boolean end() {
    if (close()) {
      reply.end(answers.ok(writer.listenEnd(id)));
    }
    return true;
  }

  /** The client went: nobody reads an end. */
  void gone() {
    close();
  }

  private boolean close() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    notices.close();
    tasks.forEach(FollowedTask::end);
    following.leave(tasks.size());
    return true;
  }
}
