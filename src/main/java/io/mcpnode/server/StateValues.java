package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.state.Contents;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values of tools as the JSON text in which {@link Contents} keep them. */
final class StateValues {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StateValues() {}

  /** A change of one value, which remembers what the value became. */
  static final class Change<T> implements UnaryOperator<Contents> {
    private final String key;
    private final Class<T> type;
    private final UnaryOperator<T> change;
    private @Nullable T value;

    Change(String key, Class<T> type, UnaryOperator<T> change) {
      this.key = key;
      this.type = type;
      this.change = change;
    }

    @Override
    public Contents apply(Contents contents) {
      T changed = change.apply(read(contents, key, type));
      value = changed;
      return contents.with(key, changed == null ? null : write(key, changed));
    }

    /** Null if the value was removed. */
    @Nullable T value() {
      return value;
    }
  }

  static <T> @Nullable T read(Contents contents, String key, Class<T> type) {
    String json = contents.values().get(key);
    if (json == null) {
      return null;
    }
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "state \"" + key + "\": not readable as " + type.getName(), e);
    }
  }

  private static String write(String key, Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "state \"" + key + "\": " + value.getClass().getName() + " is not writable as JSON", e);
    }
  }
}
