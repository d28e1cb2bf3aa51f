package io.mcpnode.api;

import java.util.List;

/**
 * Gives the {@link Icons} of features. A class with a constructor without parameters; it is asked
 * when the plugin is loaded, once for each feature.
 */
public interface IconProvider {

  /**
   * The same feature in different sizes, or for different backgrounds; none, or up to 16.
   *
   * @param name of the tool or prompt, address of the resource, or template
   */
  List<Icon> getIcons(FeatureType featureType, String name);
}
