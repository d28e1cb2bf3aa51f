package io.mcpnode.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that are known before a node starts, because others need them as a seed or must find the
 * node there again after its restart. They lie below the range from which the system takes ports
 * for outgoing connections, so that none is taken while its node is down.
 */
public final class Ports {

  private static final int FIRST = 12_000;
  private static final int COUNT = 20_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % COUNT));

  private Ports() {}

  /** A port of 127.0.0.1 that nobody uses; none is given twice by one test run. */
  public static int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IllegalStateException("no free port in " + FIRST + ".." + (FIRST + COUNT - 1));
  }
}
