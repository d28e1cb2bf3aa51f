package io.mcpnode.config;

/** Values in messages and print-outs. */
final class Show {

  static final String MASK = "****";
  private static final int MAX = 80;

  private Show() {}

  /** In quotes, shortened, on one line. */
  static String quoted(String text) {
    String shortened = text.length() <= MAX ? text : text.substring(0, MAX) + "…";
    StringBuilder out = new StringBuilder("\"");
    shortened.chars().forEach(c -> out.append(c < ' ' || c == 127 ? '\uFFFD' : (char) c));
    return out.append('"').toString();
  }

  static String found(Key<?> key, Found found) {
    if (found.form() == Found.Form.NOTHING) {
      return "nothing";
    }
    return key.secret() ? MASK : quoted(found.text());
  }
}
