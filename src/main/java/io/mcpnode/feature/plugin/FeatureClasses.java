package io.mcpnode.feature.plugin;

import io.mcpnode.api.ClusterOperation;
import io.mcpnode.api.OnDemand;
import io.mcpnode.api.Registrations;
import io.mcpnode.feature.Completion;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Operation;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.Resource;
import io.mcpnode.feature.ResourceTemplate;
import io.mcpnode.feature.Tool;
import io.mcpnode.feature.call.Compilers;
import io.mcpnode.feature.call.OperationCompiler;
import io.mcpnode.feature.dialect.Dialect;
import io.mcpnode.feature.dialect.Dialects;
import io.mcpnode.feature.dialect.ToolSpec;
import io.mcpnode.feature.schema.Reasons;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the features of classes and remembers every fault. For one plugin, one thread. */
public final class FeatureClasses {

  private final Compilers compilers;
  private final Supplier<Registrations> registrations;
  private final Map<String, Tool> tools = new TreeMap<>();
  private final Map<String, Resource> resources = new TreeMap<>();
  private final Map<String, ResourceTemplate> templates = new TreeMap<>();
  private final Map<String, Prompt> prompts = new TreeMap<>();
  private final Map<Completion.Target, Completion> completions = new HashMap<>();
  private final Map<String, Operation> operations = new TreeMap<>();
  private final List<Object> instances = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int found;

  /**
   * @param registrations asked for by the first class that wants to change things at run time
   */
  public FeatureClasses(Compilers compilers, Supplier<Registrations> registrations) {
    this.compilers = compilers;
    this.registrations = registrations;
  }

  /** What was made; of no use if there are faults. */
  public FeatureSet features() {
    return new FeatureSet(
        List.copyOf(tools.values()),
        List.copyOf(resources.values()),
        List.copyOf(templates.values()),
        List.copyOf(prompts.values()),
        completions);
  }

  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  public List<Object> instances() {
    return instances;
  }

  /** Known when all classes were added. */
  public List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    for (Completion.Target target : completions.keySet()) {
      String why = CompletionTargets.wrong(target, prompts.values(), templates.values());
      if (why != null) {
        all.add(why);
      }
    }
    return all;
  }

  void fault(String where, String why) {
    faults.add(where + ": " + why);
  }

  /** Adds the features of a class, for which one instance is made, if they are not for later. */
  public void add(Class<?> type) {
    if (type.isAnnotationPresent(OnDemand.class)) {
      return;
    }
    Object instance = attempt(type.getName(), () -> newInstance(type));
    if (instance != null) {
      instances.add(instance);
      addMethods(type, instance);
    }
  }

  /** Adds the features of an object that exists. */
  public void add(Object instance) {
    addMethods(instance.getClass(), instance);
  }

  private void addMethods(Class<?> type, Object instance) {
    Method[] methods = attempt(type.getName(), type::getDeclaredMethods);
    if (methods == null) {
      return;
    }
    // The order of reflection differs between JVMs, and which of two equals is named must not.
    Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
    int before = found + faults.size();
    for (Method method : methods) {
      if (method.isBridge() || method.isSynthetic()) {
        continue;
      }
      String where = type.getName() + "." + method.getName();
      for (Dialect dialect : Dialects.ALL) {
        addTool(where, instance, method, dialect);
      }
      addFeatures(where, instance, method);
      addOperation(where, instance, method);
    }
    if (found + faults.size() == before) {
      fault(
          type.getName(),
          "its annotations can't be read (expected: the library of "
              + String.join(" or ", Dialects.ALL.stream().map(Dialect::annotation).toList())
              + " in the jar)");
    }
  }

  private void addTool(String where, Object instance, Method method, Dialect dialect) {
    Tool tool =
        attempt(
            where,
            () -> {
              ToolSpec spec = dialect.tool(method);
              return spec == null
                  ? null
                  : compilers.tools().compile(method, instance, dialect, spec);
            });
    if (tool != null) {
      String name = tool.descriptor().name();
      put(tools, name, tool, where, "a second tool named \"" + name + '"');
    }
  }

  private void addFeatures(String where, Object instance, Method method) {
    Resource resource = attempt(where, () -> compilers.resources().resource(method, instance));
    if (resource != null) {
      String uri = resource.descriptor().uri();
      put(resources, uri, resource, where, "a second resource at \"" + uri + '"');
    }
    ResourceTemplate template =
        attempt(where, () -> compilers.resources().template(method, instance));
    if (template != null) {
      String uri = template.descriptor().uri();
      put(templates, uri, template, where, "a second resource template of \"" + uri + '"');
    }
    Prompt prompt = attempt(where, () -> compilers.prompts().prompt(method, instance));
    if (prompt != null) {
      String name = prompt.descriptor().name();
      put(prompts, name, prompt, where, "a second prompt named \"" + name + '"');
    }
    Completion completion =
        attempt(where, () -> compilers.completions().completion(method, instance));
    if (completion != null) {
      Completion.Target target = completion.target();
      put(completions, target, completion, where, "a second completion of " + target.argument());
    }
  }

  private void addOperation(String where, Object instance, Method method) {
    Operation operation =
        attempt(
            where,
            () -> {
              ClusterOperation mark = OperationCompiler.mark(method);
              return mark == null ? null : compilers.operations().compile(method, instance, mark);
            });
    if (operation != null) {
      String name = operation.service() + "/" + operation.name();
      put(operations, name, operation, where, "a second operation \"" + name + '"');
    }
  }

  private <K, F> void put(Map<K, F> map, K key, F feature, String where, String twice) {
    found++;
    if (map.putIfAbsent(key, feature) != null) {
      fault(where, twice);
    }
  }

  /** Null if it is nothing, or after remembering why not. */
  private <T> @Nullable T attempt(String where, Attempt<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException invalid) {
      fault(where, Reasons.of(invalid));
    } catch (LinkageError missing) {
      fault(where, Reasons.withType(missing));
    }
    return null;
  }

  /** A {@link Supplier} that may give nothing. */
  private interface Attempt<T> {
    @Nullable T get();
  }

  private Object newInstance(Class<?> type) {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException("abstract (expected: a class that can be instantiated)");
    }
    try {
      Constructor<?> registering = constructor(type, Registrations.class);
      if (registering != null) {
        return registering.newInstance(registrations.get());
      }
      Constructor<?> plain = constructor(type);
      if (plain == null) {
        throw new IllegalArgumentException("no public constructor without parameters");
      }
      return plain.newInstance();
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
      throw new IllegalArgumentException(
          "its constructor failed: " + Reasons.withType(cause), cause);
    } catch (ReflectiveOperationException denied) {
      throw new IllegalArgumentException(Reasons.withType(denied), denied);
    }
  }

  /** Null if there is none that may be used. */
  private static @Nullable Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Arrays.equals(constructor.getParameterTypes(), parameters)
          && !Modifier.isPrivate(constructor.getModifiers())) {
        constructor.setAccessible(true);
        return constructor;
      }
    }
    return null;
  }
}
