package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources and names the replacement for each call we don't make. */
class TidyTest {

  private record Ban(String pattern, String instead, List<String> except) {
    boolean applies(Path file) {
      String path = file.toString().replace('\\', '/');
      return except.stream().noneMatch(path::endsWith);
    }
  }

  private static final List<Ban> EVERYWHERE =
      List.of(
          new Ban(
              "Thread\\.sleep\\(", "wait for the event (a Future, a latch, Awaitility)", List.of()),
          new Ban("printStackTrace\\(", "log it with what was being done", List.of()),
          new Ban(
              "\\bnew Random\\(\\)",
              "a seeded random that is handed in, or SecureRandom",
              List.of()),
          new Ban(
              "\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b", "do it, or an issue", List.of("TidyTest.java")),
          new Ban(
              "^import static .*\\.\\*;|^import [a-z].*\\.\\*;", "name each import", List.of()));

  private static final List<Ban> IN_THE_PRODUCT =
      List.of(
          new Ban(
              "System\\.(out|err)\\b",
              "the log; only the command line prints",
              List.of("io/mcpnode/Main.java", "io/mcpnode/CommandLine.java")),
          new Ban(
              "System\\.exit\\(|Runtime.*\\.halt\\(",
              "only Main ends the process",
              List.of("io/mcpnode/Main.java")),
          new Ban(
              "System\\.(currentTimeMillis|nanoTime)\\(|Instant\\.now\\(",
              "a clock that is handed in (wire.Clock)",
              List.of("io/mcpnode/wire/Clock.java", "io/mcpnode/Main.java")),
          new Ban(
              "\\bsynchronized\\b",
              "a lock that virtual threads can wait for, or one owner thread",
              List.of()),
          new Ban(
              "new Thread\\(",
              "an executor that the node owns and closes",
              List.of("io/mcpnode/Main.java")),
          new Ban(
              "catch \\([A-Za-z.| ]+ (ignored|_)\\)",
              "say in the log or to the caller what happened",
              List.of()));

  @Test
  void nothingBannedInTheProduct() throws IOException {
    List<Ban> bans = new ArrayList<>(EVERYWHERE);
    bans.addAll(IN_THE_PRODUCT);
    assertThat(findings(Path.of("src/main/java"), bans)).isEmpty();
  }

  @Test
  void nothingBannedInTests() throws IOException {
    assertThat(findings(Path.of("src/test/java"), EVERYWHERE)).isEmpty();
  }

  @Test
  void theTopLevelIsTheOneOfTheDesign() throws IOException {
    try (Stream<Path> top = Files.list(Path.of("."))) {
      assertThat(top.map(path -> path.getFileName().toString()))
          .isSubsetOf(
              ".ci",
              ".editorconfig",
              ".git",
              ".gitignore",
              ".mvn",
              "CHANGELOG.md",
              "LICENSE",
              "README.md",
              "bench",
              "conf",
              "doc",
              "examples",
              "plugins",
              "pom.xml",
              "run.sh",
              "src",
              "target");
    }
  }

  private static List<String> findings(Path root, List<Ban> bans) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (Ban ban : bans) {
          if (!ban.applies(file)) {
            continue;
          }
          Pattern pattern = Pattern.compile(ban.pattern());
          for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find() && !lines.get(i).contains("new Ban(")) {
              found.add(
                  file
                      + ":"
                      + (i + 1)
                      + " "
                      + lines.get(i).strip()
                      + " → instead: "
                      + ban.instead());
            }
          }
        }
      }
    }
    return found;
  }
}
