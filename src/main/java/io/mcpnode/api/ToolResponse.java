package io.mcpnode.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole answer of a tool, where a plain return value does not say enough:
 *
 * <pre>{@code
 * return ToolResponse.builder()
 *     .addTextContent("The plan of the house")
 *     .addContent(ImageContent.of(png, "image/png"))
 *     .build();
 * }</pre>
 *
 * @param content without any, the structured content is also a text block, as JSON: clients that
 *     read only text want it there
 * @param structuredContent a record, map or anything else that has a JSON form; left out of a
 *     failure where it does not fit the output schema of the tool
 * @param isError the tool failed, and the content says why, for the model to read
 */
public record ToolResponse(
    List<ContentBlock> content,
    Optional<Object> structuredContent,
    boolean isError,
    Map<String, Object> metadata)
    implements MetaCarrier {

  public ToolResponse {
    content = List.copyOf(content);
    Objects.requireNonNull(structuredContent, "structuredContent");
    metadata = MetaBuilder.copy(metadata);
  }

  /** Success with one block of text. */
  public static ToolResponse ofText(String text) {
    return builder().addTextContent(text).build();
  }

  /** Failure with one block of text. */
  public static ToolResponse ofError(String message) {
    return builder().addTextContent(message).setError(true).build();
  }

  /** Success with structured content; its JSON becomes a block of text, too. */
  public static ToolResponse ofStructured(Object structuredContent) {
    return builder().setStructuredContent(structuredContent).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of an answer. */
  public static final class Builder extends MetaBuilder<Builder> {
    private final List<ContentBlock> content = new ArrayList<>();
    private Optional<Object> structuredContent = Optional.empty();
    private boolean error;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    public Builder addContent(ContentBlock block) {
      content.add(Objects.requireNonNull(block, "block"));
      return this;
    }

    public Builder addTextContent(String text) {
      return addContent(new TextContent(text));
    }

    /** If there is no other content, its JSON becomes a block of text, too. */
    public Builder setStructuredContent(Object structuredContent) {
      this.structuredContent = Optional.of(structuredContent);
      return this;
    }

    public Builder setError(boolean error) {
      this.error = error;
      return this;
    }

    public ToolResponse build() {
      return new ToolResponse(content, structuredContent, error, metadata);
    }
  }
}
