package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a://{x}            | a://1            | {x=1}",
        "a://{x}            | a://             | none",
        "a://{x}            | a://1/2          | none",
        "a://{x}            | a://1?q          | none",
        "a://{x}            | a://1#f          | none",
        "a://{x}            | b://1            | none",
        "a://{x}            | a://%C3%BC%20b   | {x=ü b}",
        "a://{x}            | a://%2F..%2f     | {x=/../}",
        "a://{x}            | a://ü            | {x=ü}",
        "a://{x}            | a://%            | none",
        "a://{x}            | a://%4           | none",
        "a://{x}            | a://%zz          | none",
        "a://{x}            | a://%FF          | none",
        "a://{x}/data       | a://1/data       | {x=1}",
        "a://{x}/data       | a:///data        | none",
        "a://{x}/data       | a://1/dat        | none",
        "a://{x}/data       | a://1/data/data  | none",
        "a://{x}/{y}        | a://1/2          | {x=1, y=2}",
        "a://{x}/{y}        | a://1/           | none",
        "a://{x}/{y}        | a:///2           | none",
        "a://{x}/{y}        | a://1            | none",
        "a://{x}-{y}        | a://1-2-3        | {x=1, y=2-3}",
        "a://{x}-{y}.txt    | a://-1-2.txt     | {x=-1, y=2}",
        "a://{x}-{y}.txt    | a://1.txt        | none",
        "a://{x.y_1}        | a://1            | {x.y_1=1}",
        "{x}://b            | a://b            | {x=a}",
      })
  void matches(String template, String uri, String expected) {
    Map<String, String> found = new UriTemplate(template).match(uri);
    assertThat(found == null ? "none" : new TreeMap<>(found).toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a://b, no variable",
    "a://{}, {}",
    "a://{x, {}",
    "a://{+x}, {+x}",
    "a://{x*}, {x*}",
    "a://{?x}, {?x}",
    "a://{x:3}, {x:3}",
    "a://{x}{y}, {y} right behind another one",
    "a://{x}/{x}, {x} twice",
    "a://{x}}, }",
  })
  void whatIsBeyondTheFirstLevelIsRefused(String template, String named) {
    assertThatThrownBy(() -> new UriTemplate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uriTemplate: \"" + template + "\": " + named + " (expected: ");
  }

  @Test
  void aLongAddressTakesNoLongerThanItIs() {
    UriTemplate template = new UriTemplate("a://{a}-{b}-{c}-{d}-{e}/x");
    assertThat(template.match("a://" + "-".repeat(1_000_000))).isNull();
    assertThat(template.match("a://" + "-1".repeat(500_000) + "/x")).hasSize(5);
  }

  @Test
  void theLiteralPartTellsWhichIsNearer() {
    assertThat(new UriTemplate("a://{x}/data").literalLength())
        .isGreaterThan(new UriTemplate("a://{x}/{y}").literalLength());
  }
}
