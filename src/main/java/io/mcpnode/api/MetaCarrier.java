package io.mcpnode.api;

import java.util.Map;

/**
 * Has metadata, which is sent as {@code _meta}: for programs that know the keys. A key is a name,
 * or a reversed domain, a slash and a name, such as {@code com.example/rating}; what begins with a
 * domain of MCP itself ({@code io.modelcontextprotocol/}) means what MCP says. A value is anything
 * that has a JSON form.
 */
public interface MetaCarrier {

  Map<String, Object> metadata();

  /** Collects metadata. */
  interface Builder<B extends Builder<B>> {

    /** In place of a value that the key has already. */
    B putMetadata(String key, Object value);

    /** In place of all that is there. */
    B setMetadata(Map<String, Object> metadata);
  }
}
