package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types that are strings in JSON.
 *
 * @param kind for messages
 * @param format of JSON Schema; empty: none that fits exactly
 * @param example of a valid text; empty: any text is
 */
record TextShape(String kind, String format, String example, Function<String, Object> parser)
    implements Shape {

  static final TextShape STRING = new TextShape("string", "", "", text -> text);

  /** The types whose {@code toString} is what their parser reads. */
  static final Map<Class<?>, TextShape> TYPES =
      Map.ofEntries(
          Map.entry(String.class, STRING),
          Map.entry(CharSequence.class, STRING),
          of(LocalDate.class, "date", "date", "2026-01-31", LocalDate::parse),
          of(Instant.class, "time", "date-time", "2026-01-31T10:15:30Z", TextShape::instant),
          of(
              OffsetDateTime.class,
              "time with offset",
              "date-time",
              "2026-01-31T10:15:30+01:00",
              OffsetDateTime::parse),
          of(
              ZonedDateTime.class,
              "time with zone",
              "",
              "2026-01-31T10:15:30+01:00[Europe/Paris]",
              ZonedDateTime::parse),
          of(
              OffsetTime.class,
              "time of day with offset",
              "time",
              "10:15:30+01:00",
              OffsetTime::parse),
          of(LocalDateTime.class, "local time", "", "2026-01-31T10:15:30", LocalDateTime::parse),
          of(LocalTime.class, "local time of day", "", "10:15:30", LocalTime::parse),
          of(Duration.class, "duration", "duration", "PT1H30M", Duration::parse),
          of(Period.class, "period", "duration", "P1M2D", Period::parse),
          of(ZoneId.class, "time zone", "", "Europe/Paris", ZoneId::of),
          of(UUID.class, "UUID", "uuid", "6f1b6c1e-1c1b-4b6e-8a53-0d2f3a1c9b7e", UUID::fromString),
          of(URI.class, "URI", "uri-reference", "https://example.com/a", URI::create));

  private static Map.Entry<Class<?>, TextShape> of(
      Class<?> type, String kind, String format, String example, Function<String, Object> parser) {
    return Map.entry(type, new TextShape(kind, format, example, parser));
  }

  /** RFC 3339 allows an offset. */
  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    ObjectNode schema = writer.type("string");
    if (!format.isEmpty()) {
      schema.put("format", format);
    } else if (!example.isEmpty()) {
      schema.putArray("examples").add(example);
    }
    return schema;
  }

  @Override
  public String expected() {
    return example.isEmpty() ? kind : kind + " such as \"" + example + "\"";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (value.isTextual()) {
      String text = value.textValue();
      if (example.isEmpty()) {
        return text;
      }
      try {
        return parser.apply(text);
      } catch (DateTimeException | IllegalArgumentException invalid) {
        problems.wrong(place, value, expected());
        return null;
      }
    }
    problems.wrong(place, value, expected());
    return null;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.textNode(value.toString());
  }

  @Override
  public boolean textual() {
    return true;
  }
}
