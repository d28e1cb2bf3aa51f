package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps conf/mcp-node.yaml and the README's table in step with the table of keys. {@code mvn test
 * -Dtest=ManualTest -Dmanual.write=true} writes both.
 */
class ManualTest {

  private static final boolean WRITE = Boolean.getBoolean("manual.write");
  private static final Path FILE = Path.of("conf/mcp-node.yaml");
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- settings: made from the table of keys -->\n";
  private static final String END = "<!-- end of settings -->";
  private static final String HINT =
      "out of step with Keys; mvn test -Dtest=ManualTest -Dmanual.write=true writes it";

  @BeforeAll
  static void write() throws IOException {
    if (WRITE) {
      Files.writeString(FILE, Manual.commented());
      Files.writeString(README, withTable(Files.readString(README)));
    }
  }

  @Test
  void theCommentedFileIsTheOneOfTheTable() throws IOException {
    assertThat(FILE).as(HINT).hasContent(Manual.commented());
  }

  @Test
  void theCommentedFileSaysTheDefaults() throws ConfigException {
    assertThat(ConfigLoader.load(FILE, Map.of(), true).config())
        .isEqualTo(ConfigLoader.load(null, Map.of(), true).config());
  }

  @Test
  void theReadmeHasTheTable() throws IOException {
    String text = Files.readString(README);
    assertThat(text).contains(BEGIN, END);
    assertThat(README).as(HINT).hasContent(withTable(text));
  }

  private static String withTable(String text) {
    String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
    return before + "\n" + Manual.markdown() + "\n" + text.substring(text.indexOf(END));
  }
}
