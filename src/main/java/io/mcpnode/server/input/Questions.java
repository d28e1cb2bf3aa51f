package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.protocol.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Questions of tools in the words of a revision, and what clients answer in the words of tools. */
public final class Questions {

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ROOTS_TIMEOUT = Duration.ofSeconds(30);

  private Questions() {}

  /**
   * @param elicitationId made only where the revision wants one
   */
  public static Question<ElicitResponse> elicit(
      ElicitRequest request, Revision revision, Supplier<String> elicitationId) {
    ObjectNode params = object();
    ObjectNode form = null;
    if (request.url().isPresent()) {
      params.put("mode", "url").put("message", request.message()).put("url", request.url().get());
      if (!revision.modern()) {
        params.put("elicitationId", request.id().orElseGet(elicitationId));
      }
    } else {
      if (revision.compareTo(Revision.V2025_11_25) >= 0) {
        params.put("mode", "form");
      }
      params.put("message", request.message());
      form = Forms.schema(request.fields(), revision);
      params.set("requestedSchema", form);
    }
    ObjectNode asked = form;
    return new Question<>(
        request.url().isPresent() ? ClientCapability.URL_ELICITATION : ClientCapability.ELICITATION,
        "elicitation/create",
        params,
        request.timeout(),
        result -> elicited(result, asked));
  }

  /** Whether the client is there. */
  static Question<JsonNode> ping() {
    return new Question<>(null, "ping", object(), PING_TIMEOUT, answer -> answer);
  }

  /**
   * @param asked the schema of the form; null if it was a page
   */
  static ElicitResponse elicited(JsonNode result, @Nullable ObjectNode asked) {
    ElicitResponse.Action action =
        switch (result.path("action").asText()) {
          case "accept" -> ElicitResponse.Action.ACCEPT;
          case "decline" -> ElicitResponse.Action.DECLINE;
          case "cancel" -> ElicitResponse.Action.CANCEL;
          default -> throw new IllegalArgumentException("action: not accept, decline or cancel");
        };
    Map<String, Object> content = new LinkedHashMap<>();
    if (action == ElicitResponse.Action.ACCEPT && asked != null) {
      JsonNode sent = result.path("content");
      FormCheck.check(sent, asked);
      sent.properties().stream()
          .filter(field -> !FormCheck.absent(field.getValue()))
          .forEach(field -> content.put(field.getKey(), value(field.getValue())));
    }
    return new ElicitResponse(action, content);
  }

  private static Object value(JsonNode node) {
    if (node.isArray()) {
      List<String> all = new ArrayList<>();
      node.forEach(element -> all.add(element.asText()));
      return all;
    }
    return node.isBoolean()
        ? (Object) node.booleanValue()
        : node.isNumber() ? node.numberValue() : node.asText();
  }

  public static Question<SampleResponse> sample(SampleRequest request, Revision revision) {
    return Samples.question(request, revision);
  }

  public static Question<List<Root>> roots() {
    return new Question<>(
        ClientCapability.ROOTS, "roots/list", object(), ROOTS_TIMEOUT, Questions::rooted);
  }

  static List<Root> rooted(JsonNode result) {
    if (!result.path("roots").isArray()) {
      throw new IllegalArgumentException("roots: not a list");
    }
    List<Root> roots = new ArrayList<>();
    for (JsonNode root : result.path("roots")) {
      if (root.path("uri").isTextual()) {
        roots.add(
            new Root(
                root.path("uri").textValue(), Optional.ofNullable(root.path("name").textValue())));
      }
    }
    return roots;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
