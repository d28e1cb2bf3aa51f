package io.mcpnode.feature.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpnode.api.FeatureType;
import io.mcpnode.api.IconProvider;
import io.mcpnode.api.Icons;
import io.mcpnode.api.MetaField;
import io.mcpnode.feature.schema.Reasons;
import io.mcpnode.protocol.Extras;
import io.mcpnode.protocol.Icon;
import io.mcpnode.protocol.MetaKey;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the icons and the metadata with which a method wants to be listed. */
final class ItemExtras {

  static final int MAX_ICONS = 16;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ItemExtras() {}

  /**
   * @param name by which its type of feature is known
   * @throws IllegalArgumentException if they can't be had, with the reason
   */
  static Extras of(Method method, FeatureType type, String name) {
    return new Extras(icons(method, type, name), meta(method));
  }

  private static List<Icon> icons(Method method, FeatureType type, String name) {
    Icons said = method.getAnnotation(Icons.class);
    if (said == null) {
      said = method.getDeclaringClass().getAnnotation(Icons.class);
    }
    if (said == null) {
      return List.of();
    }
    List<io.mcpnode.api.Icon> icons;
    try {
      icons = provider(said.iconProvider()).getIcons(type, name);
    } catch (RuntimeException | LinkageError failed) {
      throw new IllegalArgumentException(
          "@Icons: " + said.iconProvider().getName() + ": " + Reasons.withType(failed), failed);
    }
    if (icons.size() > MAX_ICONS) {
      throw new IllegalArgumentException(
          "@Icons: " + icons.size() + " icons (expected: <= " + MAX_ICONS + ")");
    }
    return icons.stream().map(ItemExtras::icon).toList();
  }

  private static IconProvider provider(Class<? extends IconProvider> type) {
    try {
      Constructor<? extends IconProvider> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException thrown) {
      throw new IllegalArgumentException(
          "its constructor failed: " + Reasons.withType(thrown.getTargetException()), thrown);
    } catch (ReflectiveOperationException denied) {
      throw new IllegalArgumentException(
          "no constructor without parameters that can be called", denied);
    }
  }

  private static Icon icon(io.mcpnode.api.Icon icon) {
    return new Icon(
        icon.src(),
        icon.mimeType().orElse(null),
        icon.sizes(),
        icon.theme().map(theme -> theme.name().toLowerCase(Locale.ROOT)).orElse(null));
  }

  private static @Nullable ObjectNode meta(Method method) {
    MetaField[] fields = method.getAnnotationsByType(MetaField.class);
    if (fields.length == 0) {
      return null;
    }
    ObjectNode meta = JsonNodeFactory.instance.objectNode();
    for (MetaField field : fields) {
      String key = MetaKey.check(field.prefix() + field.name());
      if (MetaKey.isReserved(key)) {
        throw new IllegalArgumentException(
            "@MetaField: "
                + key
                + ": the prefix is reserved for MCP (expected: a domain of your own, such as"
                + " com.example/)");
      }
      if (meta.has(key)) {
        throw new IllegalArgumentException("@MetaField: " + key + " twice (expected: once)");
      }
      meta.set(key, value(key, field));
    }
    return meta;
  }

  private static JsonNode value(String key, MetaField field) {
    JsonNode value;
    try {
      value =
          switch (field.type()) {
            case STRING -> TextNode.valueOf(field.value());
            case INT -> LongNode.valueOf(Long.parseLong(field.value()));
            case BOOLEAN, JSON -> MAPPER.readTree(field.value());
          };
    } catch (NumberFormatException | JsonProcessingException invalid) {
      throw new IllegalArgumentException(wrong(key, field), invalid);
    }
    if (value.isMissingNode() || (field.type() == MetaField.Type.BOOLEAN && !value.isBoolean())) {
      throw new IllegalArgumentException(wrong(key, field));
    }
    return value;
  }

  private static String wrong(String key, MetaField field) {
    return "@MetaField: "
        + key
        + ": "
        + field.value()
        + " (expected: "
        + field.type().name().toLowerCase(Locale.ROOT)
        + ")";
  }
}
