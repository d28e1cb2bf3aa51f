package io.mcpnode.bench;

import io.mcpnode.process.Spread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one scenario: tables for people, and JSON with every sample. */
final class Report {

  private static final Path FOLDER =
      Path.of(Bench.QUICK ? "target/bench-results" : "bench/results");

  private final String scenario;
  private final StringBuilder intro;
  private final double loadBefore = Machine.loadAverage();
  private final Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
  private List<Map<String, Object>> rows = new ArrayList<>();
  private final JsonArray samples = new JsonArray();

  Report(String scenario, String intro) {
    this.scenario = scenario;
    this.intro = new StringBuilder(intro);
    tables.put("", rows);
  }

  /** Rows that are added from now on are of another table, below this heading. */
  Report table(String heading) {
    rows = new ArrayList<>();
    tables.put(heading, rows);
    return this;
  }

  /** Adds a sentence to what is said above the table. */
  Report note(String sentence) {
    intro.append(' ').append(sentence);
    return this;
  }

  /** Adds a row; the cells are column names and values in turn. */
  Report row(Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put((String) cells[i], cells[i + 1]);
    }
    rows.add(row);
    return this;
  }

  /** Adds a row with percentiles of these milliseconds. */
  Report spread(String what, List<Double> millis) {
    if (millis.isEmpty()) {
      return row("what", what, "p50 ms", "–", "p95 ms", "–", "max ms", "–", "samples", 0);
    }
    Spread spread = Spread.of(millis);
    return row(
        "what",
        what,
        "p50 ms",
        spread.percentile(0.5),
        "p95 ms",
        spread.percentile(0.95),
        "max ms",
        spread.max(),
        "samples",
        spread.count());
  }

  Report sample(JsonObject sample) {
    samples.add(sample);
    return this;
  }

  String markdown() {
    Map<String, Object> facts = Machine.facts();
    StringBuilder text = new StringBuilder("# " + scenario + "\n\n" + intro + "\n\n");
    text.append(
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining(" · ")));
    text.append(" · load average before ").append(loadBefore).append("\n\n");
    boolean first = true;
    for (Map.Entry<String, List<Map<String, Object>>> table : tables.entrySet()) {
      if (!table.getValue().isEmpty()) {
        text.append(first ? "" : "\n");
        first = false;
        text.append(table.getKey().isEmpty() ? "" : "## " + table.getKey() + "\n\n");
        write(table.getValue(), text);
      }
    }
    return text.toString();
  }

  private static void write(List<Map<String, Object>> rows, StringBuilder text) {
    text.append("| ").append(String.join(" | ", rows.get(0).keySet())).append(" |\n");
    text.append("|---".repeat(rows.get(0).size())).append("|\n");
    for (Map<String, Object> row : rows) {
      text.append(
          row.values().stream().map(Report::cell).collect(Collectors.joining(" | ", "| ", " |")));
      text.append('\n');
    }
  }

  private static String cell(Object value) {
    if (!(value instanceof Double number)) {
      return String.valueOf(value);
    }
    if (number.isNaN()) {
      return "–";
    }
    return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.2f" : "%,.0f", number);
  }

  /** Writes both files and prints the table. */
  void publish() {
    JsonArray table = json(tables.get(""));
    JsonObject more = new JsonObject();
    tables.forEach(
        (heading, rowsOfIt) -> {
          if (!heading.isEmpty()) {
            more.put(heading, json(rowsOfIt));
          }
        });
    JsonObject all =
        new JsonObject()
            .put("scenario", scenario)
            .put("machine", new JsonObject(Machine.facts()).put("loadAverageBefore", loadBefore))
            .put("table", table);
    if (!more.isEmpty()) {
      all.put("tables", more);
    }
    all.put("samples", samples);
    try {
      Files.createDirectories(FOLDER);
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      Files.writeString(
          FOLDER.resolve(scenario + "-" + today + ".json"), all.encodePrettily() + "\n");
      Files.writeString(FOLDER.resolve(scenario + ".md"), markdown());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(markdown());
  }

  private static JsonArray json(List<Map<String, Object>> rows) {
    JsonArray table = new JsonArray();
    rows.forEach(row -> table.add(json(row)));
    return table;
  }

  /** JSON has no NaN: what could not be measured is null. */
  private static JsonObject json(Map<String, Object> row) {
    JsonObject json = new JsonObject();
    row.forEach((key, value) -> json.put(key, measured(value)));
    return json;
  }

  static Object measured(Object value) {
    return value instanceof Double number && number.isNaN() ? null : value;
  }
}
