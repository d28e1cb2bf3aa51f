package io.mcpnode.trace;

import static io.mcpnode.trace.TestSpans.failed;
import static io.mcpnode.trace.TestSpans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.trace.TraceProtocol.SpanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpanTreeTest {

  /** {@code name(children)}; {@code *} is a top without a span. */
  private static String shown(SpanTree tree) {
    String name = tree.span() == null ? "*" : tree.span().name();
    return tree.children().isEmpty()
        ? name
        : name
            + tree.children().stream()
                .map(SpanTreeTest::shown)
                .collect(Collectors.joining(" ", "(", ")"));
  }

  private static String tree(SpanRecord... spans) {
    return shown(SpanTree.of(List.of(spans)));
  }

  @Test
  void spansOfAllNodesAreOneTree() {
    assertThat(
            tree(
                span("replicate", "serve", "n3", 60, 70),
                span("forward2", "route", "n1", 45, 90),
                span("edge", "client", "n1", 0, 100),
                span("serve", "forward2", "n3", 46, 80),
                failed("forward1", "route", "n1", 10, 40),
                span("route", "edge", "n1", 5, 95),
                span("failover", "route", "n1", 40, 44),
                span("execute", "serve", "n3", 47, 59)))
        .isEqualTo("edge(route(forward1 failover forward2(serve(execute replicate))))");
  }

  @Test
  void callsOfOneClientAreSideBySide() {
    assertThat(
            tree(
                span("second", "client", "n2", 50, 60),
                span("first", "client", "n1", 0, 10),
                span("within", "first", "n1", 1, 9)))
        .isEqualTo("*(first(within) second)");
  }

  @Test
  void whatALostNodeKnewLeavesItsChildrenAtTheTop() {
    assertThat(tree(span("edge", null, "n1", 0, 9), span("orphan", "lost", "n3", 3, 4)))
        .isEqualTo("*(edge orphan)");
  }

  @Test
  void aSpanThatComesTwiceIsThereOnce() {
    SpanRecord edge = span("edge", null, "n1", 0, 9);
    assertThat(tree(edge, edge)).isEqualTo("edge");
  }

  @Test
  void spansThatAreEachOthersParentsAreNotLost() {
    assertThat(tree(span("a", "b", "n1", 0, 9), span("b", "a", "n1", 1, 8))).isEqualTo("*(a b)");
    assertThat(tree(span("a", "a", "n1", 0, 9))).isEqualTo("a");
  }

  @Test
  void aTreeHasABottomAndNothingIsLost() {
    List<SpanRecord> chain = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      chain.add(span("s" + i, "s" + (i - 1), "n1", i, i));
    }
    SpanTree tree = SpanTree.of(chain);
    assertThat(TraceSummary.of(tree).spans()).isEqualTo(100_000);
  }

  @Test
  void theSummaryTellsNodesErrorsAndWhatTookTheTime() {
    TraceSummary summary =
        TraceSummary.of(
            SpanTree.of(
                List.of(
                    span("edge", null, "n1", 1000, 1100),
                    span("route", "edge", "n1", 1010, 1095),
                    failed("first", "route", "n1", 1011, 1040),
                    span("second", "route", "n1", 1045, 1090),
                    span("serve", "second", "n3", 1050, 1080))));
    assertThat(summary.nodes()).containsExactly("n1", "n3");
    assertThat(summary.spans()).isEqualTo(5);
    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.startNanos()).isEqualTo(1000);
    assertThat(summary.durationNanos()).isEqualTo(100);
    assertThat(summary.criticalPath())
        .extracting(TraceSummary.Step::name, TraceSummary.Step::node, TraceSummary.Step::ownNanos)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("edge", "n1", 15L),
            org.assertj.core.groups.Tuple.tuple("route", "n1", 11L),
            org.assertj.core.groups.Tuple.tuple("second", "n1", 15L),
            org.assertj.core.groups.Tuple.tuple("serve", "n3", 30L));
  }

  @Test
  void aClockThatIsAheadMakesNoTimeNegative() {
    TraceSummary summary =
        TraceSummary.of(
            SpanTree.of(
                List.of(span("edge", null, "n1", 0, 10), span("serve", "edge", "n2", 500, 530))));
    assertThat(summary.criticalPath()).allMatch(step -> step.ownNanos() >= 0);
  }
}
