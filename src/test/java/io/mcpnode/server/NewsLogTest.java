package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsLogTest {

  private static final StreamsProtocol.Announce TOOLS =
      new StreamsProtocol.Announce(StreamsProtocol.Change.TOOLS, "");

  private final NewsLog log = new NewsLog();

  private void keep(String about) {
    log.keep(about, Buffer.buffer(about));
  }

  private List<String> sent(long stream, boolean takes) {
    List<String> messages = new ArrayList<>();
    for (NewsLog.News news = log.next(stream, takes);
        news != null;
        news = log.next(stream, takes)) {
      messages.add(news.offset() + " " + news.message());
    }
    return messages;
  }

  @Test
  void whatNoStreamHasGoesToTheOneThatTakesItOnce() {
    keep("a");
    keep("b");
    assertThat(sent(1, false)).isEmpty();
    assertThat(sent(2, true)).containsExactly("1 a", "2 b");
    assertThat(sent(3, true)).isEmpty();
    assertThat(log.given()).isEqualTo(2);
  }

  @Test
  void whatWaitsIsSaidInItsLatestWords() {
    log.keep("a", Buffer.buffer("old"));
    log.keep("a", Buffer.buffer("new"));
    assertThat(sent(1, true)).containsExactly("1 new");
    log.keep("a", Buffer.buffer("again"));
    assertThat(sent(1, true)).containsExactly("2 again");
  }

  @Test
  void aStreamGoesOnWithWhatItWasGivenThenWithWhatNobodyHas() {
    keep("a");
    sent(1, true);
    keep("b");
    sent(2, true);
    keep("c");
    sent(1, true);
    keep("d");
    assertThat(log.rewind(1, 1)).isTrue();
    assertThat(sent(2, false)).isEmpty();
    assertThat(sent(1, true)).containsExactly("3 c", "4 d");
  }

  @Test
  void whatAStreamDidNotGetAfterAllGoesToAnotherAsTheLast() {
    keep("a");
    NewsLog.News unsent = log.next(1, true);
    keep("b");
    log.giveBack(unsent);
    assertThat(sent(2, true)).containsExactly("2 b", "3 a");
    assertThat(log.rewind(1, 0)).isFalse();
    assertThat(sent(1, false)).isEmpty();
  }

  @Test
  void aStreamThatWasGivenNothingCanGoOn() {
    assertThat(log.rewind(1, 0)).isTrue();
    keep("a");
    assertThat(log.rewind(1, 0)).isTrue();
    assertThat(sent(1, true)).containsExactly("1 a");
  }

  @Test
  void oldNewsAreDroppedAndWhoMayHaveMissedSomeIsTold() {
    for (int i = 1; i <= NewsLog.MAX_KEPT + 2; i++) {
      keep("n" + i);
      sent(1, true);
    }
    assertThat(log.rewind(1, 1)).isFalse();
    assertThat(sent(1, true)).hasSize(NewsLog.MAX_KEPT).startsWith("3 n3");
    assertThat(log.rewind(1, 2)).isTrue();
    assertThat(log.takeIncomplete()).as("all were sent").isFalse();
  }

  @Test
  void changesThatNobodyWasToldOfAreMissed() {
    log.keep(TOOLS, Buffer.buffer("tools"));
    for (int i = 1; i < NewsLog.MAX_KEPT; i++) {
      keep("task " + i);
    }
    assertThat(log.takeIncomplete()).isFalse();
    keep("one more");
    assertThat(log.takeIncomplete()).isTrue();
    assertThat(log.takeIncomplete()).as("asked before").isFalse();
    keep("another");
    assertThat(log.takeIncomplete()).as("a task's").isFalse();
  }
}
