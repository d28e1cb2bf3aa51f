package io.mcpnode.conformance;

import io.mcpnode.api.FeatureType;
import io.mcpnode.api.Icon;
import io.mcpnode.api.IconProvider;
import java.util.List;

/** Icons of all fixtures: that they fit the schemas of the revisions is checked with each list. */
public class ConformanceIcons implements IconProvider {

  @Override
  public List<Icon> getIcons(FeatureType featureType, String name) {
    return List.of(
        Icon.builder("https://example.com/icons/" + featureType + ".png")
            .setMimeType("image/png")
            .addSize(16, 16)
            .addSize(32, 32)
            .build(),
        Icon.builder("https://example.com/icons/dark.svg")
            .setAnySize()
            .setTheme(Icon.Theme.DARK)
            .build());
  }
}
