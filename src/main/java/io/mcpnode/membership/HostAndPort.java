package io.mcpnode.membership;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as operators write it, {@code host:port}. */
public record HostAndPort(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");

  /**
   * @throws IllegalArgumentException naming the value and the expected form
   */
  public static HostAndPort parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65535) {
        return new HostAndPort(matcher.group(1), port);
      }
    }
    throw new IllegalArgumentException("\"" + text + "\" (expected: host:port)");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
