package io.mcpnode.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated bodies: whatever comes, it is classified. Another run with {@code -Dfuzz.seed=N}, {@code
 * -Dfuzz.rounds=N}.
 */
class MessageFuzzTest {

  private static final List<String> SEEDS =
      List.of(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
              + "\"arguments\":{\"message\":\"hällo 😀\",\"n\":[1,2.5e3,null,true]}}}",
          "{\"jsonrpc\":\"2.0\",\"id\":\"a\\u00fc\",\"method\":\"tools/list\",\"params\":{\"_meta\":"
              + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
              + "\"io.modelcontextprotocol/clientCapabilities\":{},\"progressToken\":3}}}",
          "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]",
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-1,\"message\":\"m\"}}");

  @Test
  void everyMutationIsClassified() throws IOException {
    long seed = Long.getLong("fuzz.seed", 20261123L);
    int rounds = Integer.getInteger("fuzz.rounds", 10_000);
    Random random = new Random(seed);
    ObjectMapper mapper = new ObjectMapper();
    int readable = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] body = mutate(SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8), random);
      String where = "seed " + seed + " round " + round + ": " + HexFormat.of().formatHex(body);
      try {
        Message message = MessageParser.parse(body);
        Decision decision = EraRules.decide(message, Headers.NONE);
        EraRules.decide(message, null);
        assertThat(decision).isNotNull();
        if (!(message instanceof Message.Invalid)) {
          readable++;
          mapper.readTree(body);
        }
        if (message instanceof Message.Request request) {
          request.params().tree();
          request.params().argumentsTree();
          mapper.readTree(MessageWriter.empty(request.id()).toByteArray());
        }
        if (decision instanceof Decision.Refused refused) {
          mapper.readTree(MessageWriter.error(refused.id(), refused.error()).toByteArray());
        }
      } catch (RuntimeException | IOException e) {
        fail(where, e);
      }
    }
    // The mutations must leave something of both kinds, else this shows nothing.
    assertThat(readable).isBetween(rounds / 50, rounds * 9 / 10);
  }

  private static byte[] mutate(byte[] body, Random random) {
    byte[] result = body;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && result.length > 0; i++) {
      int at = random.nextInt(result.length);
      int to = Math.min(result.length, at + 1 + random.nextInt(12));
      result =
          switch (random.nextInt(6)) {
            case 0 -> replaced(result, at, (byte) random.nextInt(256));
            case 1 ->
                replaced(result, at, (byte) "{}[]\",:\\0-9eE.tfn ".charAt(random.nextInt(18)));
            case 2 ->
                joined(Arrays.copyOf(result, at), Arrays.copyOfRange(result, to, result.length));
            case 3 ->
                joined(Arrays.copyOf(result, to), Arrays.copyOfRange(result, at, result.length));
            case 4 -> Arrays.copyOf(result, at);
            default -> replaced(result, at, (byte) (result[at] ^ 1 << random.nextInt(8)));
          };
    }
    return result;
  }

  private static byte[] replaced(byte[] body, int at, byte with) {
    byte[] copy = body.clone();
    copy[at] = with;
    return copy;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] result = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, result, head.length, tail.length);
    return result;
  }
}
