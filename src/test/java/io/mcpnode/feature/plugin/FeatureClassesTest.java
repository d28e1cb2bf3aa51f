package io.mcpnode.feature.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.api.BlobResourceContents;
import io.mcpnode.api.CompleteArg;
import io.mcpnode.api.CompletePrompt;
import io.mcpnode.api.CompleteResourceTemplate;
import io.mcpnode.api.CompletionContext;
import io.mcpnode.api.CompletionResult;
import io.mcpnode.api.McpException;
import io.mcpnode.api.Prompt;
import io.mcpnode.api.PromptMessage;
import io.mcpnode.api.PromptResponse;
import io.mcpnode.api.RequestUri;
import io.mcpnode.api.Resource;
import io.mcpnode.api.ResourceContents;
import io.mcpnode.api.ResourceResponse;
import io.mcpnode.api.ResourceTemplate;
import io.mcpnode.api.Role;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.TextResourceContents;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Calls;
import io.mcpnode.feature.FakeContext;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.call.BlockingCalls;
import io.mcpnode.protocol.CompletionOutcome;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.PromptDescriptor;
import io.mcpnode.protocol.PromptOutcome;
import io.mcpnode.protocol.ResourceDescriptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and completions made of annotated methods, and what is wrong with some. */
class FeatureClassesTest {

  /** Every kind of result and parameter. */
  public static class Good {

    /** A book. */
    public record Book(String title, int pages) {}

    @Resource(
        uri = "a://all",
        name = "everything",
        title = "Everything",
        description = "All of it",
        mimeType = "text/plain",
        size = 3,
        annotations =
            @Resource.Annotations(
                audience = {Role.USER, Role.USER},
                lastModified = "2026-07-28T00:00:00Z",
                priority = 0.5))
    public String all() {
      return "all";
    }

    @Resource(uri = "a://bytes", mimeType = "image/png")
    public byte[] bytes() {
      return new byte[] {1};
    }

    @Resource(uri = "a://record")
    public Book record() {
      return new Book("Emma", 474);
    }

    @Resource(uri = "a://list")
    public List<ResourceContents> list(RequestUri uri, ToolContext context) {
      return List.of(
          TextResourceContents.of(uri.value() + "/1", context.node()),
          BlobResourceContents.of(uri.value() + "/2", new byte[] {2}, "x/y"));
    }

    @Resource(uri = "a://response")
    public ResourceResponse response() {
      return ResourceResponse.of(TextResourceContents.of("a://other", "x", "text/html"));
    }

    @Resource(uri = "a://empty")
    public Optional<String> empty() {
      return Optional.empty();
    }

    @Resource(uri = "a://null")
    public CompletionStage<String> nothing() {
      return CompletableFuture.completedFuture(null);
    }

    @Resource(uri = "a://refused")
    public Future<String> refused() {
      return Future.failedFuture(new McpException(-32000, "not you"));
    }

    @Resource(uri = "a://error")
    public String error() {
      throw new NoClassDefFoundError("x/Y");
    }

    @ResourceTemplate(uriTemplate = "a://days/{day}")
    public String day(LocalDate day) {
      return day.plusDays(1).toString();
    }

    @Prompt
    public String one(String who, Optional<LocalDate> when) {
      return who + " " + when.orElse(LocalDate.EPOCH);
    }

    @Prompt
    public TextContent block() {
      return TextContent.of("block");
    }

    @Prompt(description = "of the prompt")
    public PromptResponse response(ToolContext context) {
      return PromptResponse.of("of the answer", PromptMessage.ofAssistant(context.node()));
    }

    @Prompt
    public List<Object> several() {
      return List.of("text", PromptMessage.ofAssistant("said"));
    }

    @Prompt
    public String none() {
      return null;
    }

    @CompletePrompt("one")
    public Set<String> who(@CompleteArg(name = "who") String typed) {
      return Set.of(typed);
    }

    @CompletePrompt("one")
    public CompletionResult when(String when, CompletionContext context, ToolContext call) {
      return CompletionResult.of(
          List.of(when, context.getArgument("who").orElse("-"), call.node()), 7);
    }

    @CompleteResourceTemplate("day")
    public String day(String day) {
      return day;
    }
  }

  private final BlockingCalls blocking = new BlockingCalls(2, new SimpleMeterRegistry());
  private final FakeContext context = FakeContext.session();

  @AfterEach
  void close() {
    blocking.close();
  }

  private FeatureClasses classes(Class<?> type) {
    return Calls.load(type, blocking);
  }

  private FeatureSet good() {
    FeatureClasses classes = classes(Good.class);
    assertThat(classes.faults()).isEmpty();
    return classes.features();
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  private String read(String uri) throws Exception {
    try {
      return get(resource(uri).read(context)).toString();
    } catch (McpException refused) {
      return refused.code() + " " + refused.getMessage();
    }
  }

  private io.mcpnode.feature.Resource resource(String uri) {
    return good().resources().stream()
        .filter(each -> each.descriptor().uri().equals(uri))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aResourceIsDescribedByItsAnnotation() {
    assertThat(resource("a://all").descriptor())
        .isEqualTo(
            new ResourceDescriptor(
                "a://all",
                "everything",
                "Everything",
                "All of it",
                "text/plain",
                3L,
                new ResourceDescriptor.Hints(List.of("user"), 0.5, "2026-07-28T00:00:00Z")));
    assertThat(resource("a://bytes").descriptor())
        .isEqualTo(
            new ResourceDescriptor(
                "a://bytes",
                "bytes",
                null,
                null,
                "image/png",
                null,
                ResourceDescriptor.Hints.NONE));
  }

  @Test
  void whatAMethodReturnsBecomesContents() throws Exception {
    assertThat(read("a://all"))
        .isEqualTo(List.of(new Content.Embedded("a://all", "text/plain", "all", null)).toString());
    assertThat(read("a://bytes"))
        .isEqualTo(
            List.of(new Content.Embedded("a://bytes", "image/png", null, "AQ==")).toString());
    assertThat(read("a://record"))
        .isEqualTo(
            List.of(
                    new Content.Embedded(
                        "a://record",
                        "application/json",
                        "{\"title\":\"Emma\",\"pages\":474}",
                        null))
                .toString());
    assertThat(read("a://list"))
        .isEqualTo(
            List.of(
                    new Content.Embedded("a://list/1", null, "n1", null),
                    new Content.Embedded("a://list/2", "x/y", null, "Ag=="))
                .toString());
    assertThat(read("a://response"))
        .isEqualTo(List.of(new Content.Embedded("a://other", "text/html", "x", null)).toString());
    assertThat(read("a://empty")).isEqualTo("[]");
    assertThat(read("a://null")).isEqualTo("[]");
    assertThat(read("a://refused")).isEqualTo("-32000 not you");
    assertThat(read("a://error")).isEqualTo("-32603 NoClassDefFoundError: x/Y");
  }

  @Test
  void aVariableIsOfItsParametersType() throws Exception {
    io.mcpnode.feature.ResourceTemplate template = good().templates().get(0);
    assertThat(get(template.read("u", Map.of("day", "2026-12-31"), context)).get(0).text())
        .isEqualTo("2027-01-01");
    Future<List<Content.Embedded>> wrong = template.read("u", Map.of("day", "x"), context);
    assertThat(wrong.cause()).isInstanceOf(McpException.class).hasMessageContaining("day: \"x\"");
  }

  @Test
  void whatAMethodReturnsBecomesMessages() throws Exception {
    Map<String, io.mcpnode.feature.Prompt> prompts =
        good().prompts().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    prompt -> prompt.descriptor().name(), prompt -> prompt));
    assertThat(prompts.get("one").descriptor())
        .isEqualTo(
            new PromptDescriptor(
                "one",
                null,
                null,
                List.of(
                    new PromptDescriptor.Argument("who", null, null, true),
                    new PromptDescriptor.Argument("when", null, null, false))));
    assertThat(prompt(prompts.get("one"), "{'who':'me'}"))
        .isEqualTo(new PromptOutcome(null, List.of(user("me 1970-01-01"))));
    assertThat(prompt(prompts.get("block"), "{}"))
        .isEqualTo(new PromptOutcome(null, List.of(user("block"))));
    assertThat(prompt(prompts.get("response"), "{}"))
        .isEqualTo(new PromptOutcome("of the answer", List.of(assistant("n1"))));
    assertThat(prompt(prompts.get("several"), "{}"))
        .isEqualTo(new PromptOutcome(null, List.of(user("text"), assistant("said"))));
    Future<PromptOutcome> none =
        prompts
            .get("none")
            .get((com.fasterxml.jackson.databind.node.ObjectNode) Calls.json("{}"), context);
    assertThat(none.toCompletionStage().toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("the prompt returned nothing");
  }

  private PromptOutcome prompt(io.mcpnode.feature.Prompt prompt, String arguments)
      throws Exception {
    return get(
        prompt.get(
            (com.fasterxml.jackson.databind.node.ObjectNode) Calls.json(arguments), context));
  }

  private static PromptOutcome.Message user(String text) {
    return new PromptOutcome.Message("user", new Content.Text(text));
  }

  private static PromptOutcome.Message assistant(String text) {
    return new PromptOutcome.Message("assistant", new Content.Text(text));
  }

  @Test
  void completionsBelongToAnArgument() throws Exception {
    FeatureSet set = good();
    assertThat(set.completions()).hasSize(3);
    for (var completion : set.completions().values()) {
      CompletionOutcome outcome = get(completion.complete("t", Map.of("who", "me"), context));
      assertThat(outcome)
          .isEqualTo(
              completion.target().argument().equals("when")
                  ? new CompletionOutcome(List.of("t", "me", "n1"), 7, true)
                  : new CompletionOutcome(List.of("t"), 1, false));
    }
  }

  /** Wrong in one way each. */
  static class Bad {
    static class RelativeUri {
      @Resource(uri = "relative")
      public String fault() {
        return "";
      }
    }

    static class SpaceInUri {
      @Resource(uri = "a://b c")
      public String fault() {
        return "";
      }
    }

    static class VoidResource {
      @Resource(uri = "a://b")
      public void fault() {}
    }

    static class ArgumentOfResource {
      @Resource(uri = "a://b")
      public String fault(String argument) {
        return argument;
      }
    }

    static class Priority {
      @Resource(uri = "a://b", annotations = @Resource.Annotations(priority = 2))
      public String fault() {
        return "";
      }
    }

    static class Modified {
      @Resource(uri = "a://b", annotations = @Resource.Annotations(lastModified = "yesterday"))
      public String fault() {
        return "";
      }
    }

    static class NoVariable {
      @ResourceTemplate(uriTemplate = "a://b")
      public String fault() {
        return "";
      }
    }

    static class NoScheme {
      @ResourceTemplate(uriTemplate = "{a}")
      public String fault(String a) {
        return a;
      }
    }

    static class OtherVariable {
      @ResourceTemplate(uriTemplate = "a://{b}")
      public String fault(String c) {
        return c;
      }
    }

    static class NumberArgument {
      @Prompt
      public String fault(int number) {
        return "" + number;
      }
    }

    static class TwoUris {
      @Resource(uri = "a://b")
      public String fault(RequestUri one, RequestUri two) {
        return "";
      }
    }

    static class SameUri {
      @Resource(uri = "a://b")
      public String a() {
        return "";
      }

      @Resource(uri = "a://b")
      public String fault() {
        return "";
      }
    }

    static class CompletesNothing {
      @CompletePrompt("fault")
      public String nothing(String a) {
        return a;
      }
    }

    static class CompletesNoArgument {
      @Prompt
      public String fault() {
        return "";
      }

      @CompletePrompt("fault")
      public String nothing(String a) {
        return a;
      }
    }

    static class CompletesTwo {
      @CompletePrompt("x")
      public String fault(String a, String b) {
        return a + b;
      }
    }

    static class CompletesWithNumbers {
      @CompletePrompt("x")
      public int fault(String a) {
        return 1;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Bad.RelativeUri.class,
        Bad.SpaceInUri.class,
        Bad.VoidResource.class,
        Bad.ArgumentOfResource.class,
        Bad.Priority.class,
        Bad.Modified.class,
        Bad.NoVariable.class,
        Bad.NoScheme.class,
        Bad.OtherVariable.class,
        Bad.NumberArgument.class,
        Bad.TwoUris.class,
        Bad.SameUri.class,
        Bad.CompletesNothing.class,
        Bad.CompletesNoArgument.class,
        Bad.CompletesTwo.class,
        Bad.CompletesWithNumbers.class,
      })
  void aFaultIsNamedWithItsMethod(Class<?> bad) {
    assertThat(classes(bad).faults())
        .singleElement()
        .asString()
        .contains("fault")
        .matches("(?s).*(expected: |a second resource at \"a://b\").*");
  }
}
