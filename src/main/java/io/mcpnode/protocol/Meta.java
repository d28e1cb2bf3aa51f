package io.mcpnode.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What matters of {@code params._meta}.
 *
 * @param shape of {@code _meta} itself
 * @param claimsModern it has the key of the 2026-07-28 envelope that names the revision
 * @param protocolVersion the revision it names; null if absent or not a string
 * @param progressToken null if progress is not wanted
 * @param logLevel null if absent or not a string
 * @param traceparent W3C trace context as it came, unchecked; null if absent
 * @param problem the first member of the wrong type, for people; null if there is none
 */
public record Meta(
    Shape shape,
    boolean claimsModern,
    @Nullable String protocolVersion,
    Shape clientCapabilities,
    Shape clientInfo,
    @Nullable RequestId progressToken,
    @Nullable String logLevel,
    @Nullable String traceparent,
    @Nullable String problem) {

  public static final Meta NONE =
      new Meta(Shape.ABSENT, false, null, Shape.ABSENT, Shape.ABSENT, null, null, null, null);

  public static final Meta NOT_AN_OBJECT =
      new Meta(
          Shape.OTHER,
          false,
          null,
          Shape.ABSENT,
          Shape.ABSENT,
          null,
          null,
          null,
          "_meta: not an object (expected: object)");
}
