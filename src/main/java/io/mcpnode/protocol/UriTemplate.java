package io.mcpnode.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI template of the first level (RFC 6570): {@code {name}} stands for one or more characters
 * other than {@code / ? #}. A variable ends where the literal text that follows it occurs first;
 * the last one ends where the text at the end of the template begins. Matching takes time linear in
 * the address.
 */
public final class UriTemplate {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
  private static final String ENDS = "/?#";

  private final String text;

  /** One more than there are variables: variable {@code i} stands behind literal {@code i}. */
  private final List<String> literals = new ArrayList<>();

  private final List<String> variables = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if it is none of the first level, with the reason
   */
  public UriTemplate(String text) {
    this.text = text;
    Set<String> names = new HashSet<>();
    int at = 0;
    int open;
    while ((open = text.indexOf('{', at)) >= 0) {
      int close = text.indexOf('}', open);
      String name = close < 0 ? "" : text.substring(open + 1, close);
      if (!NAME.matcher(name).matches()) {
        throw wrong("{" + name + "}", "{name}, of letters, digits, dots and underscores");
      }
      if (!names.add(name)) {
        throw wrong("{" + name + "} twice", "each variable once");
      }
      if (open == at && open > 0) {
        throw wrong("{" + name + "} right behind another one", "text between variables");
      }
      literals.add(text.substring(at, open));
      variables.add(name);
      at = close + 1;
    }
    literals.add(text.substring(at));
    if (variables.isEmpty()) {
      throw wrong("no variable", "at least one {name}; else it is a resource");
    }
    if (literals.stream().anyMatch(literal -> literal.indexOf('}') >= 0)) {
      throw wrong("}", "only behind {name");
    }
  }

  private IllegalArgumentException wrong(String what, String expected) {
    return new IllegalArgumentException(
        "uriTemplate: \"" + text + "\": " + what + " (expected: " + expected + ")");
  }

  /** In their order. */
  public List<String> variables() {
    return List.copyOf(variables);
  }

  /** Characters that are not of variables: of two templates that fit, more of them is nearer. */
  public int literalLength() {
    return literals.stream().mapToInt(String::length).sum();
  }

  /** The decoded values of the variables; null if the address is none of this template. */
  public @Nullable Map<String, String> match(String uri) {
    if (!uri.startsWith(literals.get(0))) {
      return null;
    }
    int at = literals.get(0).length();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      String next = literals.get(i + 1);
      boolean last = i == variables.size() - 1;
      int end = last ? endOfLast(uri, next) : uri.indexOf(next, at + 1);
      String value = end <= at ? null : decoded(uri.substring(at, end));
      if (value == null) {
        return null;
      }
      values.put(variables.get(i), value);
      at = end + next.length();
    }
    return values;
  }

  private static int endOfLast(String uri, String suffix) {
    return uri.endsWith(suffix) ? uri.length() - suffix.length() : -1;
  }

  /** Null if it contains what ends a variable, or is not percent-encoded UTF-8. */
  private static @Nullable String decoded(String value) {
    boolean plain = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (ENDS.indexOf(c) >= 0) {
        return null;
      }
      plain &= c != '%';
    }
    if (plain) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    byte[] all = bytes.toByteArray();
    return Utf8.valid(all) ? new String(all, StandardCharsets.UTF_8) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
