package io.mcpnode.config;

/**
 * One thing that is wrong.
 *
 * @param path of the setting, or the name of the file or variable
 * @param message what was found and what is allowed
 * @param where the place to change it: a line of a file, or an environment variable
 */
public record Problem(String path, String message, String where) {

  @Override
  public String toString() {
    return path + ": " + message + (where.isEmpty() ? "" : " [" + where + "]");
  }
}
