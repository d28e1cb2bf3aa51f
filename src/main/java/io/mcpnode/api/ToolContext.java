package io.mcpnode.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The request that a tool, a resource, a prompt or a completion serves: give a method a parameter
 * of this type. Safe to use from any thread.
 */
public interface ToolContext {

  /** The name of the node that executes the call. */
  String node();

  /**
   * The name of the node that owns the call's state; the executing node for a call without state.
   */
  String owner();

  /** How often the call's state has changed owners, from 1; 0 for a call without state. */
  long epoch();

  /** The session id; empty for a client of the 2026-07-28 revision, which has no sessions. */
  Optional<String> sessionId();

  /** Who calls: {@code anonymous}, or a digest of the credentials that came with the request. */
  String principal();

  /** The MCP revision of this client, such as {@code 2025-11-25}. */
  String protocolVersion();

  /**
   * The W3C trace context of this call, to be sent as the header {@code traceparent} with whatever
   * the tool asks of others, so that their work appears below this call. Empty if the call is not
   * traced and its client sent none.
   */
  Optional<String> traceparent();

  /**
   * State that outlives the call and the node: of the session, or, for clients of the 2026-07-28
   * revision, of the handle that the call names (see {@link Handle}); a call that names none gets a
   * new one with its first change.
   */
  State state();

  /**
   * Reports progress if the client asked for it, else does nothing. A report that is not larger
   * than the one before is dropped, as is one that the client is too slow for. A call that runs as
   * a task (see {@link #task}) reports to whoever waits for the result; clients of 2026-07-28 never
   * do, so they get none.
   *
   * @param total NaN if unknown
   */
  void progress(double progress, double total, String message);

  /**
   * Sends a log message to the client, ahead of the answer, if the client wants messages of this
   * level: it set it for its session ({@code logging/setLevel}; {@code INFO} if it has not), or,
   * for the 2026-07-28 revision, for this request. Nothing secret or personal belongs into it. A
   * message that the client is too slow for is dropped, as is one after the end of the call. Of a
   * call that runs as a task, the same holds as for progress.
   *
   * @param logger names the part of the program; empty: not said
   * @param data text, or anything that has a JSON form
   */
  void log(LogLevel level, String logger, Object data);

  /** The client has declared that it can do this; ask before you rely on it. */
  boolean supports(ClientCapability capability);

  /**
   * Asks the user of the client. One method serves all revisions, if the questions depend on
   * nothing but the arguments and earlier answers:
   *
   * <pre>{@code
   * @Tool(description = "Greets")
   * public String greet(ToolContext context) {
   *   ElicitRequest question = ElicitRequest.form("Who are you?", ElicitField.text("name"));
   *   ElicitResponse answer = context.elicit("who", question).join();
   *   return answer.accepted() ? "Hello, " + answer.text("name").orElse("?") : "Good-bye";
   * }
   * }</pre>
   *
   * <p>A client with a session gets a request while the call waits, once it has sent {@code
   * notifications/initialized}, which it has ten seconds for. A client of 2026-07-28 gets the
   * question as the answer of the call, and calls again with what its user said: the future fails
   * with {@link InputRequiredException}, and the method is run once more from its beginning, where
   * the same key then has its answer. So do what must not be done twice after the last question,
   * and ask several questions before the first {@code join} to have them asked at once.
   *
   * @param key names the question within the call; asked again, it is the same question
   * @return fails with {@link MissingCapabilityException}, with {@link ClientErrorException}, with
   *     {@link java.util.concurrent.TimeoutException} when the time for the answer is up, with
   *     {@link IllegalArgumentException} for an answer that does not fit the form (a client of
   *     2026-07-28 is asked again, unless the call runs as a task), or with {@link
   *     java.util.concurrent.CancellationException} when the client gives up. A method that returns
   *     a future must not wait for it but return a future that depends on it.
   */
  CompletableFuture<ElicitResponse> elicit(String key, ElicitRequest request);

  /**
   * Tells the client, ahead of the answer, that its user has done what it was sent to a page for.
   * Only a client of 2025-11-25 that can be sent to pages hears of it.
   *
   * @param id see {@link ElicitRequest#withId}
   */
  void elicitationComplete(String id);

  /**
   * Asks the client for a sign of life, ahead of the answer: for work that is not worth doing for
   * nobody.
   *
   * @return completes when the client has answered; at once for a task, and for clients of
   *     2026-07-28, whose call is cancelled when they go. Fails with {@link
   *     java.util.concurrent.TimeoutException} after ten seconds, or if the client can't be reached
   */
  CompletableFuture<Void> ping();

  /** Asks the client's model; all as for {@link #elicit}. */
  CompletableFuture<SampleResponse> sample(String key, SampleRequest request);

  /** Asks which directories the client's user works in; all as for {@link #elicit}. */
  CompletableFuture<List<Root>> roots(String key);

  /** As {@link #roots(String)}, under the key {@code roots}. */
  default CompletableFuture<List<Root>> roots() {
    return roots("roots");
  }

  /**
   * Ends the client's connection, not the call: a client of 2025-11-25 over HTTP comes back for the
   * rest after a moment, to any node. For work that takes long, so that it holds no connection.
   * Does nothing for others.
   */
  void closeStream();

  /**
   * From here on the call is a task, if it has {@link Tool#taskOnDemand} and its client can have
   * one: the client gets the id of the task as its answer, and does not wait any longer. Else
   * nothing changes. Questions asked before are answered in rounds of the call, those after it are
   * questions of the task.
   *
   * @return completes when all copies of the task exist, or at once if there is none; fails with an
   *     {@link McpException} if there could be none, which then is the answer of the call
   */
  CompletableFuture<Void> task();

  /** The client gave up; stop soon, nobody reads the answer. */
  boolean isCancelled();

  /** Runs the action when the client gives up; at once if it has already. It must not block. */
  void onCancel(Runnable action);
}
