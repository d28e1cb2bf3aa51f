package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives icons to a {@link Tool}, {@link Resource}, {@link ResourceTemplate} or {@link Prompt}, or
 * to all of a class:
 *
 * <pre>{@code
 * public class Rain implements IconProvider {
 *   @Override
 *   public List<Icon> getIcons(FeatureType featureType, String name) {
 *     return List.of(Icon.builder("https://example.com/rain.svg").setAnySize().build());
 *   }
 * }
 *
 * @Tool(description = "Will it rain?")
 * @Icons(iconProvider = Rain.class)
 * public boolean rain(String city) { ... }
 * }</pre>
 *
 * <p>What a method says goes before what its class says. Clients of revisions before 2025-11-25
 * don't know icons, and don't get them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Icons {

  Class<? extends IconProvider> iconProvider();
}
