package io.mcpnode.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The grammars of single values; amounts with a unit are in {@link Amounts}. */
final class Types {

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  private Types() {}

  static final Type<Boolean> BOOLEAN = choice(Map.of("true", true, "false", false));

  static final Type<Path> PATH =
      of(Types::path, Path::toString, "a path of this file system, not empty");

  static Type<Integer> whole(int min, int max) {
    return of(
        text -> {
          if (!WHOLE.matcher(text).matches()) {
            return null;
          }
          long value = Long.parseLong(text);
          return value < min || value > max ? null : (int) value;
        },
        String::valueOf,
        "a whole number from " + min + " to " + max);
  }

  static Type<Double> decimal(double min, double max) {
    return of(
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            return null;
          }
          double value = Double.parseDouble(text);
          return value < min || value > max ? null : value;
        },
        value -> new java.math.BigDecimal(value.toString()).stripTrailingZeros().toPlainString(),
        "a number from " + plain(min) + " to " + plain(max) + ", such as 0.01");
  }

  /** Text of a shape. */
  static Type<String> text(String regex, String allowed) {
    Pattern shape = Pattern.compile(regex);
    return of(text -> shape.matcher(text).matches() ? text : null, text -> text, allowed);
  }

  /** One of a few words; shown by the first word (in the order of the alphabet) with that value. */
  static <T> Type<T> choice(Map<String, T> words) {
    List<String> sorted = words.keySet().stream().sorted().toList();
    return of(
        words::get,
        value ->
            sorted.stream()
                .filter(word -> value.equals(words.get(word)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(value + " has no word")),
        String.join(" | ", sorted));
  }

  static <E> Type<List<E>> list(Type<E> element) {
    return new Type<>() {
      @Override
      public @Nullable List<E> parse(String text) {
        List<E> values = new ArrayList<>();
        for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
          E value = element.parse(item.strip());
          if (value == null) {
            return null;
          }
          values.add(value);
        }
        return List.copyOf(values);
      }

      @Override
      public String show(List<E> values) {
        return values.stream().map(element::show).collect(Collectors.joining(","));
      }

      @Override
      public String yaml(List<E> values) {
        return values.stream().map(element::yaml).collect(Collectors.joining(", ", "[", "]"));
      }

      @Override
      public String allowed() {
        return "a list, each " + element.allowed();
      }

      @Override
      public boolean isList() {
        return true;
      }
    };
  }

  static <T> Type<T> of(
      Function<String, @Nullable T> parse, Function<T, String> show, String allowed) {
    return new Type<>() {
      @Override
      public @Nullable T parse(String text) {
        return parse.apply(text);
      }

      @Override
      public String show(T value) {
        return show.apply(value);
      }

      @Override
      public String allowed() {
        return allowed;
      }
    };
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isBlank() ? null : Path.of(text);
    } catch (InvalidPathException notAPath) {
      return null;
    }
  }

  private static String plain(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
