package io.mcpnode.feature.dialect;

import io.mcpnode.api.ClusterOperation;
import io.mcpnode.api.CompletePrompt;
import io.mcpnode.api.CompleteResourceTemplate;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.Resource;
import io.mcpnode.api.ResourceTemplate;
import java.util.List;
import java.util.stream.Stream;

/** The dialects this node knows. */
public final class Dialects {

  /** All have tools; the rest is in our own alone. */
  public static final List<Dialect> ALL = List.of(new NodeDialect(), new LangChain4jDialect());

  /** The binary names of the annotations that make something of a method. */
  public static final List<String> ANNOTATIONS =
      Stream.concat(
              ALL.stream().map(Dialect::annotation),
              Stream.of(
                      Resource.class,
                      ResourceTemplate.class,
                      Prompt.class,
                      CompletePrompt.class,
                      CompleteResourceTemplate.class,
                      ClusterOperation.class)
                  .map(Class::getName))
          .toList();

  private Dialects() {}
}
