package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.CommandLine.Action;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void withoutArgumentsANodeRunsAlone() throws Exception {
    assertThat(CommandLine.parse(List.of())).isEqualTo(new CommandLine(Action.RUN, false, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-cluster -conf a.yaml",
        "--cluster --conf a.yaml",
        "-conf=a.yaml -cluster",
        "--conf=a.yaml --cluster"
      })
  void optionsHaveOneOrTwoDashesAndAnyOrder(String args) throws Exception {
    assertThat(CommandLine.parse(List.of(args.split(" "))))
        .isEqualTo(new CommandLine(Action.RUN, true, Path.of("a.yaml")));
  }

  @Test
  void anActionGoesWithAFile() throws Exception {
    assertThat(CommandLine.parse(List.of("--print-config", "-conf", "a.json")))
        .isEqualTo(new CommandLine(Action.PRINT_CONFIG, false, Path.of("a.json")));
    assertThat(CommandLine.parse(List.of("--version")).action()).isEqualTo(Action.VERSION);
    assertThat(CommandLine.parse(List.of("--help")).action()).isEqualTo(Action.HELP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "cluster", "--clusters", "-conf", "-conf=", "-conf -cluster", "-"})
  void whatIsUnknownOrIncompleteIsNamed(String args) {
    assertThatThrownBy(() -> CommandLine.parse(List.of(args.split(" "))))
        .isInstanceOf(CommandLine.UsageException.class)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void onlyOneFile() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("-conf", "a", "-conf=b")))
        .hasMessage("-conf: given twice (expected: once)");
  }
}
