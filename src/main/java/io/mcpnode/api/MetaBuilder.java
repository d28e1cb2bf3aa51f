package io.mcpnode.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Collects metadata; what each builder of something with metadata begins with. */
public abstract class MetaBuilder<B extends MetaBuilder<B>> implements MetaCarrier.Builder<B> {

  final Map<String, Object> metadata = new LinkedHashMap<>();

  MetaBuilder() {}

  abstract B self();

  @Override
  public B putMetadata(String key, Object value) {
    metadata.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
    return self();
  }

  @Override
  public B setMetadata(Map<String, Object> all) {
    metadata.clear();
    all.forEach(this::putMetadata);
    return self();
  }

  /** In the order given, and unchangeable. */
  static Map<String, Object> copy(Map<String, Object> metadata) {
    return metadata.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
