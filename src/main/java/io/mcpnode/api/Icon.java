package io.mcpnode.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture that a client may show for a feature, such as {@code
 * Icon.of("https://example.com/rain.png", "image/png")}.
 *
 * @param src an {@code https:} or {@code data:} URI; up to 64 KiB
 * @param sizes such as {@code 48x48}, or {@code any} for what scales; none: not said
 */
public record Icon(
    String src, Optional<String> mimeType, List<String> sizes, Optional<Theme> theme) {

  private static final int MAX_SRC = 64 * 1024;

  /** The background that an icon is for. */
  public enum Theme {
    LIGHT,
    DARK
  }

  public Icon {
    Objects.requireNonNull(src, "src");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(theme, "theme");
    sizes = List.copyOf(sizes);
    if (!src.startsWith("https://") && !src.startsWith("data:")) {
      throw new IllegalArgumentException(
          "icon: "
              + src.substring(0, Math.min(80, src.length()))
              + " (expected: an https: or data: URI)");
    }
    if (src.length() > MAX_SRC) {
      throw new IllegalArgumentException(
          "icon: " + src.length() + " characters (expected: <= " + MAX_SRC + ")");
    }
  }

  public static Icon of(String uri, String mimeType) {
    return builder(uri).setMimeType(mimeType).build();
  }

  public static Builder builder(String uri) {
    return new Builder(uri);
  }

  /** Adds what is optional. */
  public static final class Builder {
    private final String src;
    private final List<String> sizes = new ArrayList<>();
    private Optional<String> mimeType = Optional.empty();
    private Optional<Theme> theme = Optional.empty();

    private Builder(String src) {
      this.src = src;
    }

    public Builder setMimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    /** One of the sizes that the picture has, in pixels. */
    public Builder addSize(int width, int height) {
      sizes.add(width + "x" + height);
      return this;
    }

    /** It scales. */
    public Builder setAnySize() {
      sizes.clear();
      sizes.add("any");
      return this;
    }

    public Builder setTheme(Theme theme) {
      this.theme = Optional.of(theme);
      return this;
    }

    public Icon build() {
      return new Icon(src, mimeType, sizes, theme);
    }
  }
}
