package io.mcpnode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * System properties that libraries read when their classes load. A manifest can't set them, so they
 * are set first thing in main; what the operator gave with {@code -D} stays.
 */
@NullMarked
final class JvmProperties {

  private JvmProperties() {}

  static void apply(int processors) {
    wanted(processors)
        .forEach(
            (name, value) -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, value);
              }
            });
  }

  static Map<String, String> wanted(int processors) {
    Map<String, String> all = new LinkedHashMap<>();
    // With one thread in the common pool Hazelcast starts a new thread for each callback.
    all.put(
        "java.util.concurrent.ForkJoinPool.common.parallelism",
        String.valueOf(Math.max(2, processors - 1)));
    all.put("hazelcast.logging.type", "slf4j");
    all.put("hazelcast.phone.home.enabled", "false");
    all.put(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
    // No cache directory: nothing is served from the class path.
    all.put("vertx.disableFileCPResolving", "true");
    all.put("vertx.disableFileCaching", "true");
    // Checks on every byte read; Vert.x hands out no buffer that could be used after release.
    all.put("io.netty.buffer.checkBounds", "false");
    all.put("io.netty.buffer.checkAccessible", "false");
    return all;
  }
}
