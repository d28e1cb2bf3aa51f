package io.mcpnode.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one file into values by path, each with its line; {@code http.port} in one word is the same
 * path. No type is ever built from a tag.
 */
final class FileSource {

  /** A larger file is a mistake. */
  static final int MAX_BYTES = 1 << 20;

  private static final String ALIAS = "an alias (expected: the value itself)";

  private final Path file;
  private final Set<String> paths;
  private final Set<String> sections;
  private final Map<String, Found> values = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Problem> problems;

  private FileSource(Path file, Set<String> paths, Set<String> sections, List<Problem> problems) {
    this.file = file;
    this.paths = paths;
    this.sections = sections;
    this.problems = problems;
  }

  /** Adds what is wrong to the problems and goes on as far as the file can be understood. */
  static Map<String, Found> read(Path file, List<Problem> problems) {
    Set<String> paths = new TreeSet<>();
    Set<String> sections = new TreeSet<>();
    for (Key<?> key : Keys.ALL) {
      paths.add(key.path());
      for (String s = key.section();
          !s.isEmpty();
          s = s.substring(0, Math.max(0, s.lastIndexOf('.')))) {
        sections.add(s);
      }
    }
    FileSource source = new FileSource(file, paths, sections, problems);
    source.read();
    return source.values;
  }

  private void read() {
    try (JsonParser parser = open()) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        object(parser, "");
      } else if (first != null && !isNothing(parser)) {
        add("", "found " + shape(first) + " (expected: a mapping of settings)", parser);
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        add("", "a second document (expected: one)", parser);
      }
    } catch (NoSuchFileException missing) {
      problems.add(new Problem(file.toString(), "no such file", ""));
    } catch (CharacterCodingException notText) {
      problems.add(new Problem(file.toString(), "not UTF-8 text", ""));
    } catch (JsonProcessingException broken) {
      String line =
          broken.getLocation() == null ? "" : file + " line " + broken.getLocation().getLineNr();
      problems.add(new Problem(file.toString(), "not " + format() + ": " + reason(broken), line));
    } catch (IOException unreadable) {
      problems.add(new Problem(file.toString(), "can't be read: " + unreadable, ""));
    }
  }

  private JsonParser open() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("more than " + MAX_BYTES + " bytes");
    }
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    return isJson() ? new JsonFactory().createParser(text) : new YAMLFactory().createParser(text);
  }

  private void object(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String path = prefix.isEmpty() ? name : prefix + "." + name;
      String where = where(parser);
      Integer before = seen.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
      if (before != null) {
        problems.add(new Problem(path, "given twice, first in line " + before, where));
      }
      JsonToken token = parser.nextToken();
      if (isAlias(parser)) {
        add(path, ALIAS, parser);
      } else if (sections.contains(path)) {
        section(parser, path, token);
      } else if (paths.contains(path)) {
        value(parser, path, token, where);
      } else {
        problems.add(new Problem(path, "unknown key" + suggestion(path), where));
        parser.skipChildren();
      }
    }
  }

  private void section(JsonParser parser, String path, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      object(parser, path);
    } else if (!isNothing(parser)) {
      add(path, "found " + shape(token) + " (expected: a section with keys)", parser);
      parser.skipChildren();
    }
  }

  private void value(JsonParser parser, String path, JsonToken token, String where)
      throws IOException {
    if (token == JsonToken.START_ARRAY) {
      List<String> items = new ArrayList<>();
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY && token != null) {
        if (isAlias(parser)) {
          add(path, ALIAS, parser);
        } else if (token.isStructStart()) {
          add(path, "found " + shape(token) + " in the list (expected: single values)", parser);
          parser.skipChildren();
        } else {
          items.add(parser.getText());
        }
      }
      values.put(path, new Found(String.join(",", items), Found.Form.LIST, where));
    } else if (token == JsonToken.START_OBJECT) {
      add(path, "found a section (expected: a value)", parser);
      parser.skipChildren();
    } else if (isNothing(parser)) {
      values.put(path, new Found("", Found.Form.NOTHING, where));
    } else {
      values.put(path, new Found(parser.getText(), Found.Form.SCALAR, where));
    }
  }

  /** The parser gives an alias as the text of its name. */
  private static boolean isAlias(JsonParser parser) {
    return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
  }

  /** {@code key:} without a value is null in YAML; an empty text in quotes is not. */
  private static boolean isNothing(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private String suggestion(String path) {
    Set<String> known = new TreeSet<>(paths);
    known.addAll(sections);
    return Suggestion.forPath(path, known);
  }

  private void add(String path, String message, JsonParser parser) {
    problems.add(new Problem(path.isEmpty() ? file.toString() : path, message, where(parser)));
  }

  private String where(JsonParser parser) {
    return file + " line " + parser.currentTokenLocation().getLineNr();
  }

  private boolean isJson() {
    return file.toString().endsWith(".json");
  }

  private String format() {
    return isJson() ? "JSON" : "YAML";
  }

  private static String shape(JsonToken token) {
    return token == JsonToken.START_OBJECT
        ? "a section"
        : token == JsonToken.START_ARRAY ? "a list" : "a single value";
  }

  private static String reason(JsonProcessingException broken) {
    return broken.getOriginalMessage().lines().findFirst().orElse("unknown").strip();
  }
}
