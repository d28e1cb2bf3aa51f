package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a request is, apart from what differs between its rounds. Pure. */
final class Digests {

  private static final Set<String> OF_THE_ROUND = Set.of("_meta", "inputResponses", "requestState");

  private Digests() {}

  /** Equal for requests that are equal but for white space and the order of members. */
  static String of(String method, ObjectNode params) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    text(digest, method);
    for (Map.Entry<String, JsonNode> member : sorted(params).entrySet()) {
      if (!OF_THE_ROUND.contains(member.getKey())) {
        text(digest, member.getKey());
        value(digest, member.getValue());
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  private static void value(MessageDigest digest, JsonNode node) {
    if (node.isObject()) {
      digest.update((byte) '{');
      sorted(node)
          .forEach(
              (key, member) -> {
                text(digest, key);
                value(digest, member);
              });
      digest.update((byte) '}');
    } else if (node.isArray()) {
      digest.update((byte) '[');
      node.forEach(element -> value(digest, element));
      digest.update((byte) ']');
    } else {
      text(digest, node.toString());
    }
  }

  private static Map<String, JsonNode> sorted(JsonNode object) {
    Map<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
