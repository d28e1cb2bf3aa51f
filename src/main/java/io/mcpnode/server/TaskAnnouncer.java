package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;

/** Tells everybody whom it concerns of a step of a task, once all copies have it. */
final class TaskAnnouncer {

  private final Affinity affinity;

  TaskAnnouncer(Affinity affinity) {
    this.affinity = affinity;
  }

  void announce(Hosted hosted, TaskStep step) {
    hosted.copied(step.record().version()).onSuccess(copied -> tell(hosted, step));
  }

  private void tell(Hosted hosted, TaskStep step) {
    hosted.attachment(TaskWatch.class, TaskWatch::new).changed(step.record(), step.task());
    String session = StatusNews.session(step);
    if (session != null) {
      String principal = Requester.principal(step.record().principal());
      hosted
          .attachment(StatusNews.class, () -> new StatusNews(affinity, session, principal))
          .tell(step.record(), Answers.buffer(TaskProjection.status(step.record(), step.task())));
    }
  }
}
