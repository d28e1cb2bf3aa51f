package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.TaskOutcome;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the owner of a task: by a client, in which case the answer is the client's; or
 * by a node that runs it or follows it, which gets {@link TaskNews} if nothing else is said.
 */
sealed interface TaskAsk {

  /** For a client. */
  sealed interface OfClient extends TaskAsk {
    RequestId id();

    /** The client speaks 2026-07-28, else 2025-11-25. */
    boolean modern();
  }

  /** How the task stands. */
  record Get(RequestId id, boolean modern) implements OfClient {}

  /** The result, as soon as there is one. */
  record Result(RequestId id) implements OfClient {
    @Override
    public boolean modern() {
      return false;
    }
  }

  /**
   * The client does not want it any more.
   *
   * @param again it may have been cancelled by an earlier try
   */
  record Cancel(RequestId id, boolean modern, boolean again) implements OfClient {}

  /**
   * The client answers what the task asked for.
   *
   * @param responses JSON by key
   */
  record Update(RequestId id, boolean modern, Map<String, String> responses) implements OfClient {}

  /** The receiver shall run the task in place of that run. */
  record Start(int run) implements TaskAsk {}

  /**
   * Answered when the task has a later version than this one.
   *
   * @param byRun asked by the node that runs it, which is never refused
   */
  record Watch(long version, boolean byRun) implements TaskAsk {}

  /**
   * How the task stands, for a client that listens; answered by {@link TaskNotice}.
   *
   * @param subscription the id of the request that listens
   */
  record Tell(RequestId subscription) implements TaskAsk {}

  /** The client answers a question that it got as a request; JSON. */
  record Answered(String key, String response) implements TaskAsk {}

  /** The run asks the client for something. */
  record Asks(int run, String key, String request) implements TaskAsk {}

  /** The run has ended. */
  record Ended(int run, TaskOutcome outcome) implements TaskAsk {}

  ObjectMapper MAPPER = new ObjectMapper();

  default Buffer encode() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ask", getClass().getSimpleName());
    if (this instanceof OfClient ask) {
      json.put("id", ask.id().json()).put("modern", ask.modern());
    }
    if (this instanceof Cancel cancel) {
      json.put("again", cancel.again());
    } else if (this instanceof Update update) {
      ObjectNode responses = json.putObject("responses");
      update.responses().forEach(responses::put);
    } else if (this instanceof Start start) {
      json.put("run", start.run());
    } else if (this instanceof Watch watch) {
      json.put("version", watch.version()).put("byRun", watch.byRun());
    } else if (this instanceof Tell tell) {
      json.put("id", tell.subscription().json());
    } else if (this instanceof Answered answered) {
      json.put("key", answered.key()).put("response", answered.response());
    } else if (this instanceof Asks asks) {
      json.put("run", asks.run()).put("key", asks.key()).put("request", asks.request());
    } else if (this instanceof Ended ended) {
      json.put("run", ended.run())
          .put("kind", ended.outcome().kind().name())
          .put("json", ended.outcome().json());
    }
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is writable", e);
    }
  }

  /** Null if a node of another version sent what this one does not know. */
  static @Nullable TaskAsk decode(Buffer body) {
    JsonNode json;
    try {
      json = MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      return null;
    }
    RequestId id = new RequestId(json.path("id").asText());
    boolean modern = json.path("modern").asBoolean();
    int run = json.path("run").asInt();
    return switch (json.path("ask").asText()) {
      case "Get" -> new Get(id, modern);
      case "Result" -> new Result(id);
      case "Cancel" -> new Cancel(id, modern, json.path("again").asBoolean());
      case "Update" -> new Update(id, modern, texts(json.path("responses")));
      case "Start" -> new Start(run);
      case "Watch" -> new Watch(json.path("version").asLong(), json.path("byRun").asBoolean());
      case "Tell" -> new Tell(id);
      case "Answered" -> new Answered(json.path("key").asText(), json.path("response").asText());
      case "Asks" -> new Asks(run, json.path("key").asText(), json.path("request").asText());
      case "Ended" ->
          new Ended(
              run,
              new TaskOutcome(
                  TaskOutcome.Kind.valueOf(json.path("kind").asText()),
                  json.path("json").asText()));
      default -> null;
    };
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
    return texts;
  }
}
