package io.mcpnode.server;

import org.jspecify.annotations.Nullable;

/**
 * Whom a task belongs to: a principal, wherever it asks from; or, since anonymous clients can't be
 * told apart otherwise, the session of one. Pure.
 */
final class Requester {

  private static final String ANONYMOUS = "anonymous";
  private static final String IN_SESSION = ANONYMOUS + '/';

  private Requester() {}

  /**
   * @param session null for a client without one
   */
  static String name(String principal, @Nullable String session) {
    return session != null && principal.equals(ANONYMOUS) ? IN_SESSION + session : principal;
  }

  /** The principal behind the name. */
  static String principal(String name) {
    return name.startsWith(IN_SESSION) ? ANONYMOUS : name;
  }

  /** Many clients that can't be told apart. */
  static boolean isCrowd(String name) {
    return name.equals(ANONYMOUS);
  }
}
