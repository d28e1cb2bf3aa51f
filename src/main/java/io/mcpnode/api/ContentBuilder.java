package io.mcpnode.api;

import java.util.Optional;

/** Collects what any content block may have besides its content. */
public abstract class ContentBuilder<B extends ContentBuilder<B>> extends MetaBuilder<B> {

  Optional<Annotations> annotations = Optional.empty();

  ContentBuilder() {}

  /** What a client may do with the block. */
  public B setAnnotations(Annotations annotations) {
    this.annotations = Optional.of(annotations);
    return self();
  }
}
