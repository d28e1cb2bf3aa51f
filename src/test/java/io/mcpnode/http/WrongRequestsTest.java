package io.mcpnode.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The table against the edge alone. */
class WrongRequestsTest extends WrongRequestsContract {

  private EdgeFixture edge;

  @BeforeAll
  void start() throws Exception {
    edge = EdgeFixture.start();
  }

  @AfterAll
  void stop() {
    edge.close();
  }

  @Override
  int port() {
    return edge.port;
  }

  @Override
  int maxBodyBytes() {
    return EdgeFixture.MAX_BODY;
  }

  @Override
  boolean speaksMcp() {
    return false;
  }
}
