package io.mcpnode.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question to the user of the client, such as
 *
 * <pre>{@code
 * ElicitRequest.form("Who are you?", ElicitField.text("name"))
 * }</pre>
 *
 * Never ask for secrets in a form; send the user to a page instead.
 *
 * @param fields of a form
 * @param url of a page where the user does something; empty for a form
 * @param id of what happens at the page, see {@link #withId}
 * @param timeout how long the answer may take
 */
public record ElicitRequest(
    String message,
    List<ElicitField> fields,
    Optional<String> url,
    Optional<String> id,
    Duration timeout) {

  private static final Pattern PAGE = Pattern.compile("https://[^\\s/][^\\s]*");

  /** What never leaves the machine needs no encryption. */
  private static final Pattern LOCAL_PAGE =
      Pattern.compile(
          "http://((?i:localhost)|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]*)?([/?#][^\\s]*)?");

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  public ElicitRequest {
    Objects.requireNonNull(message, "message");
    fields = List.copyOf(fields);
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(id, "id");
    if (url.isPresent() && !isPage(url.get())) {
      throw new IllegalArgumentException(
          "url: "
              + url.get().substring(0, Math.min(80, url.get().length()))
              + " (expected: a page at https://)");
    }
    Objects.requireNonNull(timeout, "timeout");
  }

  private static boolean isPage(String url) {
    return PAGE.matcher(url).matches() || LOCAL_PAGE.matcher(url).matches();
  }

  /** A form with these fields; ten minutes for the answer. */
  public static ElicitRequest form(String message, ElicitField... fields) {
    return new ElicitRequest(
        message, List.of(fields), Optional.empty(), Optional.empty(), TEN_MINUTES);
  }

  /**
   * A page to open; the answer tells that the user agreed to, not that all is done there. The page
   * must find out by itself that it is the same user.
   *
   * @param url {@code https}, or {@code http} of the user's own machine ({@code localhost}, {@code
   *     127.0.0.1}, {@code [::1]}); whoever has it must not be let in by it alone
   */
  public static ElicitRequest url(String message, String url) {
    return new ElicitRequest(message, List.of(), Optional.of(url), Optional.empty(), TEN_MINUTES);
  }

  public ElicitRequest with(ElicitField field) {
    List<ElicitField> more = new ArrayList<>(fields);
    more.add(field);
    return new ElicitRequest(message, more, url, id, timeout);
  }

  /**
   * Names what happens at the page, so that the client can be told when it is done: {@link
   * ToolContext#elicitationComplete} while the call runs, {@link Registrations#elicitationComplete}
   * afterwards. Unique; without, one is made up.
   */
  public ElicitRequest withId(String id) {
    return new ElicitRequest(message, fields, url, Optional.of(id), timeout);
  }

  /** For clients that hold the call open; those of 2026-07-28 call again within ten minutes. */
  public ElicitRequest within(Duration timeout) {
    return new ElicitRequest(message, fields, url, id, timeout);
  }
}
