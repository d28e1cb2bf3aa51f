package io.mcpnode.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the threads of a process have spent so far, by kind of thread, user and kernel time apart:
 * /proc knows of threads that no Java profiler sees.
 */
public record ThreadTimes(Map<Kind, Spent> byKind) {

  /** Kinds of threads of a node. */
  public enum Kind {
    EVENT_LOOPS,
    HAZELCAST,
    GARBAGE_COLLECTION,
    COMPILER,
    OTHERS
  }

  /** Seconds. */
  public record Spent(double user, double kernel) {
    static final Spent NOTHING = new Spent(0, 0);

    Spent plus(Spent other) {
      return new Spent(user + other.user, kernel + other.kernel);
    }
  }

  private static final double TICKS_PER_SECOND = 100;

  public static ThreadTimes of(long pid) {
    Map<Kind, Spent> spent = new HashMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        String stat = stat(thread);
        if (!stat.isEmpty()) {
          spent.merge(kind(name(stat)), spent(stat), Spent::plus);
        }
      }
      return new ThreadTimes(spent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException endedMeanwhile) {
      return "";
    }
  }

  /** The kernel keeps the first 15 characters. */
  static String name(String stat) {
    return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  }

  static Spent spent(String stat) {
    // The name may contain anything; utime and stime are fields 14 and 15.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return new Spent(
        Double.parseDouble(fields.get(11)) / TICKS_PER_SECOND,
        Double.parseDouble(fields.get(12)) / TICKS_PER_SECOND);
  }

  static Kind kind(String name) {
    if (name.startsWith("vert.x-eventloo")) {
      return Kind.EVENT_LOOPS;
    }
    if (name.startsWith("hz.")) {
      return Kind.HAZELCAST;
    }
    if (name.startsWith("GC ") || name.startsWith("G1 ")) {
      return Kind.GARBAGE_COLLECTION;
    }
    return name.startsWith("C1 ") || name.startsWith("C2 ") ? Kind.COMPILER : Kind.OTHERS;
  }

  public Spent of(Kind kind) {
    return byKind.getOrDefault(kind, Spent.NOTHING);
  }

  /** What was spent since then. */
  public ThreadTimes since(ThreadTimes before) {
    Map<Kind, Spent> spent = new HashMap<>();
    for (Kind kind : Kind.values()) {
      Spent then = before.of(kind);
      spent.put(kind, of(kind).plus(new Spent(-then.user, -then.kernel)));
    }
    return new ThreadTimes(spent);
  }
}
