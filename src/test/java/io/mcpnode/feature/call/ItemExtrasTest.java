package io.mcpnode.feature.call;

import static io.mcpnode.feature.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpnode.api.Annotations;
import io.mcpnode.api.FeatureType;
import io.mcpnode.api.Icon;
import io.mcpnode.api.IconProvider;
import io.mcpnode.api.Icons;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.MetaField;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.PromptResponse;
import io.mcpnode.api.Resource;
import io.mcpnode.api.ResourceContents;
import io.mcpnode.api.ResourceLink;
import io.mcpnode.api.ResourceTemplate;
import io.mcpnode.api.Role;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.TextResourceContents;
import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolResponse;
import io.mcpnode.feature.Calls;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.plugin.FeatureClasses;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.Extras;
import io.mcpnode.protocol.ToolOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Icons and metadata, said by annotations and by answers. */
class ItemExtrasTest {

  /** One icon, named after its feature. */
  public static class Named implements IconProvider {
    @Override
    public List<Icon> getIcons(FeatureType featureType, String name) {
      return List.of(
          Icon.builder("https://example.com/" + featureType + "/" + name)
              .setMimeType("image/png")
              .addSize(16, 16)
              .setTheme(Icon.Theme.LIGHT)
              .build());
    }
  }

  /** One that scales. */
  static class Scaling implements IconProvider {
    @Override
    public List<Icon> getIcons(FeatureType featureType, String name) {
      return List.of(Icon.builder("data:image/svg+xml,x").addSize(1, 1).setAnySize().build());
    }
  }

  /** Every feature, and every kind of answer. */
  @Icons(iconProvider = Named.class)
  public static class Good {

    @Tool
    @MetaField(name = "text", value = "x")
    @MetaField(prefix = "com.example/", name = "number", type = MetaField.Type.INT, value = "-7")
    @MetaField(name = "flag", type = MetaField.Type.BOOLEAN, value = "true")
    @MetaField(name = "json", type = MetaField.Type.JSON, value = "{\"a\":[1,null]}")
    public ToolResponse tool() {
      Annotations hints =
          Annotations.builder()
              .setAudience(Role.ASSISTANT, Role.USER)
              .setPriority(0.5)
              .setLastModified(Instant.EPOCH)
              .build();
      return ToolResponse.builder()
          .addContent(TextContent.builder("t").setAnnotations(hints).build())
          .addContent(ImageContent.builder(new byte[] {1}, "image/png").putMetadata("a", 1).build())
          .addContent(ResourceLink.builder("n", "a:1").setTitle("N").setSize(7).build())
          .putMetadata("com.example/took", Map.of("millis", 3))
          .build();
    }

    @Tool
    public ToolResponse wrong() {
      return ToolResponse.builder().setMetadata(Map.of("a b", 1)).build();
    }

    @Resource(uri = "a://1")
    @MetaField(name = "m", value = "1")
    @Icons(iconProvider = Scaling.class)
    public ResourceContents resource() {
      return TextResourceContents.builder("a://1", "x").putMetadata("a", true).build();
    }

    @ResourceTemplate(uriTemplate = "a://{x}/2")
    public String template(String x) {
      return x;
    }

    @Prompt
    public PromptResponse prompt() {
      return PromptResponse.builder()
          .setDescription("d")
          .addMessage(Role.USER, TextContent.of("x"))
          .putMetadata("a", "b")
          .build();
    }
  }

  /** What its author got wrong. */
  public static class Bad {

    /** Throws. */
    public static class Broken implements IconProvider {
      @Override
      public List<Icon> getIcons(FeatureType featureType, String name) {
        return List.of(Icon.of("http://example.com/" + name, "image/png"));
      }
    }

    /** Gives too many. */
    public static class Many implements IconProvider {
      @Override
      public List<Icon> getIcons(FeatureType featureType, String name) {
        return Collections.nCopies(ItemExtras.MAX_ICONS + 1, Icon.of("data:,", "image/png"));
      }
    }

    /** Can't be made. */
    public record Unmakeable(String with) implements IconProvider {
      @Override
      public List<Icon> getIcons(FeatureType featureType, String name) {
        return List.of();
      }
    }

    @Tool
    @Icons(iconProvider = Broken.class)
    public void broken() {}

    @Tool
    @Icons(iconProvider = Many.class)
    public void many() {}

    @Tool
    @Icons(iconProvider = Unmakeable.class)
    public void unmakeable() {}

    @Tool
    @MetaField(name = "a b", value = "")
    public void key() {}

    @Tool
    @MetaField(prefix = "com.mcp.tools/", name = "a", value = "1")
    public void reserved() {}

    @Tool
    @MetaField(name = "n", type = MetaField.Type.INT, value = "1.5")
    public void number() {}

    @Tool
    @MetaField(name = "f", type = MetaField.Type.BOOLEAN, value = "yes")
    public void flag() {}

    @Tool
    @MetaField(name = "j", type = MetaField.Type.JSON, value = "")
    public void json() {}

    @Tool
    @MetaField(name = "a", value = "1")
    @MetaField(name = "a", value = "2")
    public void twice() {}
  }

  private final BlockingCalls blocking = new BlockingCalls(4, new SimpleMeterRegistry());

  @AfterEach
  void close() {
    blocking.close();
  }

  private FeatureClasses load(Class<?> type) {
    return Calls.load(type, blocking);
  }

  private FeatureSet good() {
    FeatureClasses classes = load(Good.class);
    assertThat(classes.faults()).isEmpty();
    return classes.features();
  }

  private static io.mcpnode.feature.Tool tool(FeatureSet set, String name) {
    return set.tools().stream()
        .filter(each -> each.descriptor().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMethodSaysItsMetadataAndAClassTheIconsOfItsMethods() {
    FeatureSet set = good();
    Extras tool = tool(set, "tool").descriptor().extras();
    assertThat(String.valueOf(tool.meta()))
        .isEqualTo(
            "{\"text\":\"x\",\"com.example/number\":-7,\"flag\":true,\"json\":{\"a\":[1,null]}}");
    assertThat(tool.icons())
        .containsExactly(
            new io.mcpnode.protocol.Icon(
                "https://example.com/TOOL/tool", "image/png", List.of("16x16"), "light"));
    Extras resource = set.resources().get(0).descriptor().extras();
    assertThat(resource.meta()).isEqualTo(json("{'m':'1'}"));
    assertThat(resource.icons())
        .containsExactly(
            new io.mcpnode.protocol.Icon("data:image/svg+xml,x", null, List.of("any"), null));
    assertThat(set.templates().get(0).descriptor().extras().icons().get(0).src())
        .endsWith("/RESOURCE_TEMPLATE/a://{x}/2");
    Extras prompt = set.prompts().get(0).descriptor().extras();
    assertThat(prompt.meta()).isNull();
    assertThat(prompt.icons().get(0).src()).endsWith("/PROMPT/prompt");
  }

  @Test
  void anAnswerAndItsBlocksHaveMetadata() throws Exception {
    FeatureSet set = good();
    ToolOutcome outcome = Calls.call(tool(set, "tool"), "{}");
    assertThat(String.valueOf(outcome.meta())).isEqualTo("{\"com.example/took\":{\"millis\":3}}");
    Content.Extras text = outcome.content().get(0).extras();
    assertThat(text.hints().audience()).containsExactly("user", "assistant");
    assertThat(text.hints().priority()).isEqualTo(0.5);
    assertThat(text.hints().lastModified()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(text.meta()).isNull();
    assertThat(String.valueOf(outcome.content().get(1).extras().meta())).isEqualTo("{\"a\":1}");
    assertThat(outcome.content().get(2))
        .isEqualTo(new Content.Link("a:1", "n", "N", null, null, 7L, Content.Extras.NONE));
    assertThat(
            set.resources()
                .get(0)
                .read(FakeContext.session())
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .get(0)
                .extras()
                .meta())
        .isEqualTo(json("{'a':true}"));
    assertThat(
            set.prompts()
                .get(0)
                .get(JsonNodeFactory.instance.objectNode(), FakeContext.session())
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .meta())
        .isEqualTo(json("{'a':'b'}"));
  }

  @Test
  void metadataWithAWrongKeyIsTheToolsFailure() {
    ToolOutcome outcome = Calls.call(tool(good(), "wrong"), "{}");
    assertThat(outcome.error()).isTrue();
    assertThat(Calls.text(outcome)).contains("metadata: \"a b\"");
  }

  @Test
  void whatCannotBeShownIsNamed() {
    assertThat(load(Bad.class).faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("Bad.broken").contains("http://example.com/broken"),
            fault -> assertThat(fault).contains("Bad.many").contains("17 icons (expected: <= 16)"),
            fault -> assertThat(fault).contains("Bad.unmakeable").contains("no constructor"),
            fault -> assertThat(fault).contains("Bad.key").contains("metadata: \"a b\""),
            fault ->
                assertThat(fault)
                    .contains("Bad.reserved")
                    .contains("com.mcp.tools/a: the prefix is reserved for MCP"),
            fault -> assertThat(fault).contains("Bad.number").contains("n: 1.5 (expected: int)"),
            fault -> assertThat(fault).contains("Bad.flag").contains("(expected: boolean)"),
            fault -> assertThat(fault).contains("Bad.json").contains("(expected: json)"),
            fault -> assertThat(fault).contains("Bad.twice").contains("a twice"));
  }
}
