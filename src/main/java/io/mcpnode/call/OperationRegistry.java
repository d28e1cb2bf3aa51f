package io.mcpnode.call;

import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations of this node. Any thread. */
public final class OperationRegistry {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final ConcurrentMap<Key, Operation> operations = new ConcurrentHashMap<>();

  private record Key(String service, String function) {}

  /**
   * Offers an operation from now on.
   *
   * @return takes it back
   * @throws IllegalArgumentException if a name is not one, or is taken
   */
  public Runnable register(String service, String function, Operation operation) {
    Key key = new Key(checked("service", service), checked("function", function));
    if (operations.putIfAbsent(key, operation) != null) {
      throw new IllegalArgumentException(
          "operation: " + service + "/" + function + " (expected: one that is not there yet)");
    }
    return () -> operations.remove(key, operation);
  }

  /**
   * @param what is named, for the message
   * @return the name
   * @throws IllegalArgumentException if it can't be the name of a service or function
   */
  public static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + ": \""
              + name.substring(0, Math.min(100, name.length()))
              + "\" (expected: 1 to 64 of A-Z a-z 0-9 _ . -)");
    }
    return name;
  }

  @Nullable Operation find(String service, String function) {
    return operations.get(new Key(service, function));
  }

  /** Each as {@code service/function}, in order. */
  public Collection<String> names() {
    TreeSet<String> names = new TreeSet<>();
    operations.keySet().forEach(key -> names.add(key.service() + "/" + key.function()));
    return names;
  }
}
