package io.mcpnode.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value for every key, each checked alone. */
final class Settings {

  private final Map<Key<?>, Object> values = new HashMap<>();
  private final Map<Key<?>, String> origins = new HashMap<>();
  private final Set<Key<?>> wrong = new HashSet<>();

  /**
   * @param sources the strongest first; values by path
   * @param problems gets what is wrong; a wrong value is replaced by the default and noted
   */
  Settings(List<Map<String, Found>> sources, List<Problem> problems) {
    for (Key<?> key : Keys.ALL) {
      resolve(key, sources, problems);
    }
  }

  /** Of a key with a default. */
  <T> T get(Key<T> key) {
    return Objects.requireNonNull(find(key), key.path());
  }

  /** Null where an optional key isn't set. */
  @SuppressWarnings("unchecked") // resolve() puts in what the key's type parsed
  <T> @Nullable T find(Key<T> key) {
    return (T) values.get(key);
  }

  /** The place where it was set, empty for a default. */
  String origin(Key<?> key) {
    return origins.getOrDefault(key, "");
  }

  /** Whoever compares settings needs none that was wrong. */
  boolean allRight(List<Key<?>> keys) {
    return keys.stream().noneMatch(wrong::contains);
  }

  private <T> void resolve(Key<T> key, List<Map<String, Found>> sources, List<Problem> problems) {
    List<T> strongestFirst = new ArrayList<>();
    for (Map<String, Found> source : sources) {
      Found found = source.get(key.path());
      if (found == null || isUnset(key, found)) {
        continue;
      }
      T value = fits(key, found) ? key.type().parse(found.text()) : null;
      if (value == null) {
        wrong.add(key);
        problems.add(
            new Problem(
                key.path(),
                Show.found(key, found) + " (expected: " + key.type().allowed() + ")",
                found.where()));
        continue;
      }
      strongestFirst.add(value);
      origins.putIfAbsent(key, found.where());
    }
    T value = strongestFirst.isEmpty() ? key.defaultValue() : strongestFirst.get(0);
    if (value != null) {
      values.put(key, value);
    }
  }

  /** Nothing after the colon is the default; so is an empty value where none is needed. */
  private static boolean isUnset(Key<?> key, Found found) {
    return found.form() == Found.Form.NOTHING || (key.isOptional() && found.text().isEmpty());
  }

  private static boolean fits(Key<?> key, Found found) {
    return found.form() == Found.Form.EITHER
        || key.type().isList() == (found.form() == Found.Form.LIST);
  }
}
