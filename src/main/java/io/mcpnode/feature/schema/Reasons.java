package io.mcpnode.feature.schema;

/** What to say of an exception. */
public final class Reasons {

  private Reasons() {}

  /** Its message; its type where it has none. */
  public static String of(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }

  /** Type and message, for the log, where the message alone is often just a class name. */
  public static String withType(Throwable thrown) {
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }
}
