package io.mcpnode.replication;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random secret of a cluster that was given none: made by the first node, known to all members.
 */
public final class SharedSecret {

  private static final String MAP = "mcp.secret";
  private static final String KEY = "request-state";
  private static final int BYTES = 32;
  private static final int COPIES = 3;

  private SharedSecret() {}

  static void configure(Config config) {
    config.addMapConfig(new MapConfig(MAP).setBackupCount(COPIES - 1));
  }

  /** Completes with the secret that all nodes have as long as one of them lives. */
  public static Future<String> of(Vertx vertx, HazelcastInstance hazelcast, SecureRandom random) {
    return vertx.executeBlocking(
        () -> {
          IMap<String, String> map = hazelcast.getMap(MAP);
          String fresh = random(random);
          String known = map.putIfAbsent(KEY, fresh);
          return known == null ? fresh : known;
        },
        false);
  }

  /** A secret that only its maker has. */
  public static String random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
