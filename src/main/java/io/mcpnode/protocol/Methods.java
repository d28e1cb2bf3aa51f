package io.mcpnode.protocol;

/** The MCP methods that this node knows. */
public final class Methods {

  public static final String INITIALIZE = "initialize";
  public static final String PING = "ping";
  public static final String TOOLS_LIST = "tools/list";
  public static final String TOOLS_CALL = "tools/call";
  public static final String TASKS_GET = "tasks/get";
  public static final String TASKS_RESULT = "tasks/result";
  public static final String TASKS_LIST = "tasks/list";
  public static final String TASKS_CANCEL = "tasks/cancel";
  public static final String TASKS_UPDATE = "tasks/update";
  public static final String DISCOVER = "server/discover";
  public static final String RESOURCES_LIST = "resources/list";
  public static final String TEMPLATES_LIST = "resources/templates/list";
  public static final String RESOURCES_READ = "resources/read";
  public static final String SUBSCRIBE = "resources/subscribe";
  public static final String UNSUBSCRIBE = "resources/unsubscribe";
  public static final String PROMPTS_LIST = "prompts/list";
  public static final String PROMPTS_GET = "prompts/get";
  public static final String COMPLETE = "completion/complete";
  public static final String SET_LEVEL = "logging/setLevel";
  public static final String LISTEN = "subscriptions/listen";
  public static final String INITIALIZED = "notifications/initialized";
  public static final String CANCELLED = "notifications/cancelled";
  public static final String PROGRESS = "notifications/progress";

  /** The extension of 2026-07-28 that has tasks. */
  public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

  private Methods() {}

  /**
   * Requests of 2026-07-28 that are known; of these, those about resources, prompts and completion
   * are offered where there is something to answer with, as the capabilities say.
   */
  public static boolean offeredModern(String method) {
    return switch (method) {
      case TOOLS_LIST, TOOLS_CALL, DISCOVER, LISTEN -> true;
      case RESOURCES_LIST, TEMPLATES_LIST, RESOURCES_READ -> true;
      case PROMPTS_LIST, PROMPTS_GET, COMPLETE -> true;
      case TASKS_GET, TASKS_CANCEL, TASKS_UPDATE -> true;
      default -> false;
    };
  }

  public static RpcError notOffered(String method) {
    return RpcError.of(
        RpcCode.METHOD_NOT_FOUND, "method: " + RpcError.quote(method) + " is not offered");
  }
}
