package com.example.weather;

import io.mcpnode.api.Tool;
import io.mcpnode.api.ToolArg;
import io.mcpnode.api.ToolContext;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Three tools: one that blocks, one with state that survives its node, one that does not block. */
public class WeatherTools {

  public enum Unit {
    CELSIUS,
    FAHRENHEIT
  }

  /** A record becomes structured content with an output schema. */
  public record Forecast(String city, LocalDate day, double temperature, Unit unit) {}

  @Tool(
      description = "The weather in a city on a day",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public Forecast forecast(
      @ToolArg(description = "Name of the city") String city,
      @ToolArg(description = "The day, such as 2026-01-31") LocalDate day,
      @ToolArg(description = "Of the temperature", defaultValue = "CELSIUS") Unit unit) {
    // A real plugin asks a weather service here; the thread may block.
    double celsius = 10 + Math.floorMod(city.hashCode() + day.getDayOfYear(), 20);
    return new Forecast(city, day, unit == Unit.CELSIUS ? celsius : celsius * 9 / 5 + 32, unit);
  }

  @Tool(description = "Remembers a city and answers with all that this session remembers")
  public List<String> remember(
      @ToolArg(description = "Name of the city") String city, ToolContext context) {
    String cities =
        context
            .state()
            .update("cities", String.class, old -> old == null ? city : old + "\n" + city);
    return List.of(cities.split("\n"));
  }

  @Tool(
      description = "Whether the weather service is up",
      annotations = @Tool.Annotations(readOnlyHint = true))
  public CompletionStage<String> status() {
    // A future: called on an event loop, so nothing here may block.
    return CompletableFuture.completedFuture("up");
  }
}
