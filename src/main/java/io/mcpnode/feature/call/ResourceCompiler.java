package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.FeatureType;
import io.mcpnode.api.McpException;
import io.mcpnode.api.RequestUri;
import io.mcpnode.api.ResourceTemplateArg;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Resource;
import io.mcpnode.feature.ResourceTemplate;
import io.mcpnode.feature.schema.Argument;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ResourceDescriptor;
import io.mcpnode.protocol.UriTemplate;
import io.vertx.core.Future;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes resources and templates of annotated methods. */
public final class ResourceCompiler {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.+");

  private final BlockingCalls blocking;

  public ResourceCompiler(BlockingCalls blocking) {
    this.blocking = blocking;
  }

  /**
   * Null if the method is no resource.
   *
   * @param instance whose method it is
   * @throws IllegalArgumentException if it can't be one, with the reason
   */
  public @Nullable Resource resource(Method method, Object instance) {
    io.mcpnode.api.Resource said = method.getAnnotation(io.mcpnode.api.Resource.class);
    if (said == null) {
      return null;
    }
    checkUri(said.uri());
    if (said.size() < -1) {
      throw new IllegalArgumentException("size: " + said.size() + " (expected: >= 0)");
    }
    ResourceDescriptor descriptor =
        new ResourceDescriptor(
            said.uri(),
            name(said.name(), method),
            nullIfEmpty(said.title()),
            nullIfEmpty(said.description()),
            nullIfEmpty(said.mimeType()),
            said.size() < 0 ? null : (long) said.size(),
            hints(said.annotations()),
            ItemExtras.of(method, FeatureType.RESOURCE, said.uri()));
    Invocation invocation = new Invocation("resource " + said.uri(), method, instance, blocking);
    TextParameters parameters =
        new TextParameters(method, RequestUri.class, false, ResourceCompiler::noArgument);
    return new MethodResource(
        descriptor,
        invocation,
        parameters,
        new ResourceResult(invocation.returned(), descriptor.mimeType()));
  }

  /** Null if the method is no template; else as {@link #resource}. */
  public @Nullable ResourceTemplate template(Method method, Object instance) {
    io.mcpnode.api.ResourceTemplate said =
        method.getAnnotation(io.mcpnode.api.ResourceTemplate.class);
    if (said == null) {
      return null;
    }
    UriTemplate template = new UriTemplate(said.uriTemplate());
    if (!SCHEME.matcher(said.uriTemplate()).matches()) {
      throw new IllegalArgumentException(
          "uriTemplate: \""
              + said.uriTemplate()
              + "\" (expected: a scheme in front, such as a://)");
    }
    ResourceDescriptor descriptor =
        new ResourceDescriptor(
            said.uriTemplate(),
            name(said.name(), method),
            nullIfEmpty(said.title()),
            nullIfEmpty(said.description()),
            nullIfEmpty(said.mimeType()),
            null,
            hints(said.annotations()),
            ItemExtras.of(method, FeatureType.RESOURCE_TEMPLATE, said.uriTemplate()));
    Invocation invocation =
        new Invocation("resource template " + said.uriTemplate(), method, instance, blocking);
    TextParameters parameters =
        new TextParameters(method, RequestUri.class, true, ResourceCompiler::variable);
    for (Argument argument : parameters.arguments()) {
      if (!template.variables().contains(argument.name())) {
        throw new IllegalArgumentException(
            "parameter "
                + argument.name()
                + ": no variable of the template (expected: one of "
                + template.variables()
                + ")");
      }
    }
    return new MethodTemplate(
        descriptor,
        template,
        invocation,
        parameters,
        new ResourceResult(invocation.returned(), descriptor.mimeType()));
  }

  private static void checkUri(String uri) {
    try {
      if (new URI(uri).isAbsolute()) {
        return;
      }
    } catch (URISyntaxException invalid) {
      throw new IllegalArgumentException(
          "uri: \"" + uri + "\": " + invalid.getReason() + " (expected: an absolute URI)", invalid);
    }
    throw new IllegalArgumentException("uri: \"" + uri + "\" (expected: an absolute URI)");
  }

  private static ResourceDescriptor.Hints hints(io.mcpnode.api.Resource.Annotations said) {
    double priority = said.priority();
    if (priority != -1 && !(priority >= 0 && priority <= 1)) {
      throw new IllegalArgumentException("priority: " + priority + " (expected: 0 to 1)");
    }
    if (!said.lastModified().isEmpty()) {
      try {
        OffsetDateTime.parse(said.lastModified());
      } catch (DateTimeParseException invalid) {
        throw new IllegalArgumentException(
            "lastModified: \""
                + said.lastModified()
                + "\" (expected: a time such as 2026-07-28T00:00:00Z)",
            invalid);
      }
    }
    return new ResourceDescriptor.Hints(
        Arrays.stream(said.audience()).distinct().map(Metadata::wire).toList(),
        priority == -1 ? null : priority,
        nullIfEmpty(said.lastModified()));
  }

  private static TextParameters.Said noArgument(Parameter parameter) {
    throw new IllegalArgumentException(
        "parameter of type "
            + parameter.getType().getSimpleName()
            + " (expected: ToolContext or RequestUri)");
  }

  private static TextParameters.Said variable(Parameter parameter) {
    ResourceTemplateArg said = parameter.getAnnotation(ResourceTemplateArg.class);
    String name =
        said == null || said.name().equals(ResourceTemplateArg.ELEMENT_NAME)
            ? TextParameters.elementName(parameter)
            : said.name();
    return new TextParameters.Said(name, "", true, "");
  }

  private static String name(String said, Method method) {
    return said.equals(io.mcpnode.api.Resource.ELEMENT_NAME) ? method.getName() : said;
  }

  static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private record MethodResource(
      ResourceDescriptor descriptor,
      Invocation invocation,
      TextParameters parameters,
      ResourceResult result)
      implements Resource {

    @Override
    public Future<List<Content.Embedded>> read(ToolContext context) {
      String uri = descriptor.uri();
      return invocation.call(
          parameters.bind(JsonNodeFactory.instance.objectNode(), new RequestUri(uri), context),
          context,
          value -> result.of(uri, value));
    }
  }

  private record MethodTemplate(
      ResourceDescriptor descriptor,
      UriTemplate template,
      Invocation invocation,
      TextParameters parameters,
      ResourceResult result)
      implements ResourceTemplate {

    @Override
    public Future<List<Content.Embedded>> read(
        String uri, Map<String, String> variables, ToolContext context) {
      ObjectNode given = JsonNodeFactory.instance.objectNode();
      variables.forEach(given::put);
      @Nullable Object[] values;
      try {
        values = parameters.bind(given, new RequestUri(uri), context);
      } catch (McpException wrong) {
        return Future.failedFuture(wrong);
      }
      return invocation.call(values, context, value -> result.of(uri, value));
    }
  }
}
