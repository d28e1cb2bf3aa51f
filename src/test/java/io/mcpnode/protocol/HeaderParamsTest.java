package io.mcpnode.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderParamsTest {

  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "region":{"type":"string","x-mcp-header":"Region"},
        "level":{"type":"integer","x-mcp-header":"Level"},
        "dry":{"type":"boolean","x-mcp-header":"Dry"},
        "plain":{"type":"string"},
        "to":{"type":"object","properties":{"zone":{"type":"string","x-mcp-header":"Zone"}}},
        "list":{"type":"array","items":{"properties":{"x":{"x-mcp-header":"Hidden"}}}}}}
      """;

  /** Headers → arguments → verdict. */
  private static final String TABLE =
      """
      none → {} → fine
      none → {"plain":"x"} → fine
      none → {"region":null} → fine
      mcp-param-region: eu → {"region":"eu"} → fine
      Mcp-Param-Region:   eu\s\s → {"region":"eu"} → fine
      none → {"region":"eu"} → mismatch
      mcp-param-region: us → {"region":"eu"} → mismatch
      mcp-param-region: EU → {"region":"eu"} → mismatch
      mcp-param-region: eu → {} → mismatch
      mcp-param-region: eu → {"region":null} → mismatch
      mcp-param-region: =?base64?SGVsbG8=?= → {"region":"Hello"} → fine
      mcp-param-region: =?base64?SGVsbG8?= → {"region":"Hello"} → mismatch
      mcp-param-region: =?base64?SGVs!!!bG8=?= → {"region":"Hello"} → mismatch
      mcp-param-region: =?base64?SGVsbG9=?= → {"region":"Hello"} → mismatch
      mcp-param-region: =?base64?gA==?= → {"region":"x"} → mismatch
      mcp-param-region: =?base64??= → {"region":""} → fine
      mcp-param-region: SGVsbG8=?= → {"region":"SGVsbG8=?="} → fine
      mcp-param-region: =?base64?SGVsbG8= → {"region":"=?base64?SGVsbG8="} → fine
      mcp-param-region: =?Base64?SGVsbG8=?= → {"region":"Hello"} → mismatch
      mcp-param-region: =?base64?= → {"region":"=?base64?="} → fine
      mcp-param-region: ü → {"region":"ü"} → mismatch
      mcp-param-region: =?base64?w7w=?= → {"region":"ü"} → fine
      mcp-param-level: 42 → {"level":42} → fine
      mcp-param-level: 42.0 → {"level":42} → fine
      mcp-param-level: 42 → {"level":42.0} → fine
      mcp-param-level: 43 → {"level":42} → mismatch
      mcp-param-level: forty → {"level":42} → mismatch
      mcp-param-level: 42 → {"level":"42"} → fine
      mcp-param-level: 1e999999999 → {"level":42} → mismatch
      mcp-param-level: 9007199254740993 → {"level":9007199254740993.0} → fine
      mcp-param-level: 9007199254740992 → {"level":9007199254740993.0} → mismatch
      mcp-param-level: 1e400 → {"level":1E400} → fine
      mcp-param-level: 1e999999999 → {"level":1e400} → mismatch
      mcp-param-level: 42 → {"level":1e999999999} → mismatch
      mcp-param-level: 1e999999999 → {"level":1e999999999} → mismatch
      mcp-param-dry: true → {"dry":true} → fine
      mcp-param-dry: false → {"dry":false} → fine
      mcp-param-dry: True → {"dry":true} → mismatch
      mcp-param-zone: a → {"to":{"zone":"a"}} → fine
      mcp-param-zone: b → {"to":{"zone":"a"}} → mismatch
      none → {"to":{"zone":"a"}} → mismatch
      none → {"to":"zone"} → fine
      mcp-param-region: x → {"region":{"a":1}} → mismatch
      mcp-param-unknown: x → {} → fine
      mcp-param-hidden: x → {"list":[{"x":"y"}]} → fine
      """;

  private final ObjectMapper mapper = new ObjectMapper();

  static Stream<String> rows() {
    return TABLE.lines();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void comparesHeadersWithArguments(String row) throws IOException {
    String[] cells = row.split(" → ", -1);
    JsonNode arguments = TreeReader.object(cells[1]);
    Decision.Refused refused =
        HeaderParams.of(mapper.readTree(SCHEMA))
            .check(RequestId.of(1), arguments, EraRulesTest.headers(cells[0]));
    if (cells[2].equals("fine")) {
      assertThat(refused).isNull();
    } else {
      assertThat(refused).isNotNull();
      assertThat(refused.status()).isEqualTo(HttpStatus.BAD_REQUEST);
      assertThat(refused.error().code()).isEqualTo(RpcCode.HEADER_MISMATCH);
      assertThat(refused.error().message()).startsWith("Mcp-Param-");
    }
  }
}
