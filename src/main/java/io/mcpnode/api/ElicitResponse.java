package io.mcpnode.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user of the client answered.
 *
 * @param content by field, empty unless accepted: text, numbers, booleans, lists of text, as the
 *     form wants them. What a text says comes from a client, unchecked.
 */
public record ElicitResponse(Action action, Map<String, Object> content) {

  /** What the user did with the question. */
  public enum Action {
    /** Answered it. */
    ACCEPT,
    /** Said no. */
    DECLINE,
    /** Closed it. */
    CANCEL
  }

  public ElicitResponse {
    Objects.requireNonNull(action, "action");
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
  }

  public boolean accepted() {
    return action == Action.ACCEPT;
  }

  public Optional<String> text(String field) {
    return Optional.ofNullable(content.get(field)).map(Object::toString);
  }

  public Optional<Number> number(String field) {
    return content.get(field) instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  public boolean yes(String field) {
    return Boolean.TRUE.equals(content.get(field));
  }

  /** What was chosen of {@link ElicitField#choices}; empty if nothing was. */
  public List<String> chosen(String field) {
    Object value = content.get(field);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value instanceof String text
        ? Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList()
        : List.of();
  }
}
