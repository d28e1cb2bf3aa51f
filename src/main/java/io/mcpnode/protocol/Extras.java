package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listed item may have, whatever it is.
 *
 * @param meta its {@code _meta}, which nobody may change; null: none
 */
public record Extras(List<Icon> icons, @Nullable ObjectNode meta) {

  public static final Extras NONE = new Extras(List.of(), null);

  public Extras {
    icons = List.copyOf(icons);
  }
}
