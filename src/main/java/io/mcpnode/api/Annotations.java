package io.mcpnode.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Hints for what a client may do with a {@link ContentBlock}, such as {@code
 * Annotations.builder().setAudience(Role.USER).build()}.
 *
 * @param audience whom it is for; empty: not said
 * @param priority from 0, optional, to 1, required
 * @param lastModified clients of 2025-03-26 don't know it
 */
public record Annotations(
    Set<Role> audience, OptionalDouble priority, Optional<Instant> lastModified) {

  public Annotations {
    audience = Set.copyOf(audience);
    Objects.requireNonNull(lastModified, "lastModified");
    if (priority.isPresent() && !(priority.getAsDouble() >= 0 && priority.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "priority: " + priority.getAsDouble() + " (expected: 0 to 1)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the hints. */
  public static final class Builder {
    private Set<Role> audience = Set.of();
    private OptionalDouble priority = OptionalDouble.empty();
    private Optional<Instant> lastModified = Optional.empty();

    private Builder() {}

    public Builder setAudience(Role... roles) {
      return setAudience(Set.of(roles));
    }

    public Builder setAudience(Set<Role> roles) {
      audience = roles;
      return this;
    }

    public Builder setPriority(double priority) {
      this.priority = OptionalDouble.of(priority);
      return this;
    }

    public Builder setLastModified(Instant lastModified) {
      this.lastModified = Optional.of(lastModified);
      return this;
    }

    public Annotations build() {
      return new Annotations(audience, priority, lastModified);
    }
  }
}
