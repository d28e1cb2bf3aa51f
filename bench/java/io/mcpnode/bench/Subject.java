package io.mcpnode.bench;

import io.mcpnode.process.Spread;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Something that is measured by wrk, and its samples so far, one per round. */
final class Subject {

  /** One round. */
  record Sample(Wrk.Result wrk, Effort.Spent spent) {
    double cpuMicros() {
      return spent.cpuSeconds() * 1e6 / wrk.requests();
    }

    double instructions() {
      return spent.instructions() / wrk.requests();
    }

    /** Instructions where they can be counted, else CPU time: what ratios are made of. */
    double cost() {
      return Effort.counters() ? instructions() : cpuMicros();
    }
  }

  private static final int MAX_COLD_TRIES = 20;

  final String name;
  final String era;
  private final URI target;
  private final List<Long> pids;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * @param pids whose effort is counted together
   * @param sessions a file with session ids, for the legacy era
   */
  Subject(String name, String era, URI target, List<Long> pids, String sessions) {
    this.name = name;
    this.era = era;
    this.target = target;
    this.pids = pids;
    environment.put("ERA", era);
    environment.put("SESSIONS", sessions);
  }

  /** Has wrk send another method than {@code tools/call}; only {@code tools/list} is known. */
  Subject asking(String method) {
    environment.put("METHOD", method);
    return this;
  }

  /** Lets the JIT compile, and makes sure that every answer is the right one. */
  void warmUp(int seconds) {
    Map<String, String> checked = new HashMap<>(environment);
    checked.put("CHECK", "1");
    int tries = 0;
    while (Wrk.run(target, 8, 1, checked).requests() == 0) {
      if (++tries == MAX_COLD_TRIES) {
        throw new IllegalStateException(name + " answers nothing");
      }
    }
    Wrk.run(target, 32, seconds, environment);
  }

  /** Forgets the samples. */
  void reset() {
    samples.clear();
  }

  Sample measure(int connections, int seconds) {
    Effort effort = Effort.of(pids);
    Wrk.Result result = Wrk.run(target, connections, seconds, environment);
    Sample sample = new Sample(result, effort.end());
    if (result.requests() == 0) {
      throw new IllegalStateException(name + " answered nothing in " + seconds + " s");
    }
    samples.add(sample);
    return sample;
  }

  Spread cost() {
    return Spread.of(samples.stream().map(Sample::cost).toList());
  }

  /** The cost relative to another subject's in the same round. */
  Spread costTo(Subject other) {
    double[] ratios = new double[samples.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = samples.get(i).cost() / other.samples.get(i).cost();
    }
    return Spread.of(ratios);
  }

  void report(Report report, int connections, Subject yardstick) {
    Spread ratio = costTo(yardstick);
    report.row(
        "connections",
        connections,
        "server",
        name,
        "era",
        era,
        "instructions/request",
        median(samples.stream().map(Sample::instructions).toList()),
        "CPU µs/request",
        median(samples.stream().map(Sample::cpuMicros).toList()),
        "to " + yardstick.name,
        ratio.median(),
        "least",
        ratio.min(),
        "most",
        ratio.max(),
        "requests/s",
        median(samples.stream().map(sample -> sample.wrk().perSecond()).toList()),
        "p50 µs",
        median(samples.stream().map(sample -> sample.wrk().p50Micros()).toList()),
        "p99 µs",
        median(samples.stream().map(sample -> sample.wrk().p99Micros()).toList()));
    for (Sample sample : samples) {
      report.sample(
          new JsonObject()
              .put("connections", connections)
              .put("server", name)
              .put("era", era)
              .put("requests", sample.wrk().requests())
              .put("seconds", sample.wrk().seconds())
              .put("cpuMicros", sample.cpuMicros())
              .put("instructions", Report.measured(sample.instructions()))
              .put("p50Micros", sample.wrk().p50Micros())
              .put("p99Micros", sample.wrk().p99Micros()));
    }
  }

  private static double median(List<Double> values) {
    return Spread.of(values).median();
  }
}
