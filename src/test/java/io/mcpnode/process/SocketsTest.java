package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SocketsTest {

  @Test
  void aLineOfTheTableTellsPortStateAndSocket() {
    String line =
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0 0 4711 1";
    assertThat(Sockets.port(line, Set.of("4711"), "0A")).containsExactly(8080);
    assertThat(Sockets.port(line, Set.of("4712"), "0A")).isEmpty();
    assertThat(Sockets.port(line, Set.of("4711"), "01")).isEmpty();
    assertThat(Sockets.port("  sl  local_address rem_address", Set.of("4711"), "0A")).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisProcessOpensIsSeen() throws IOException {
    long pid = ProcessHandle.current().pid();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket datagram = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(Sockets.listening(pid)).contains(server.getLocalPort());
      assertThat(Sockets.datagram(pid)).contains(datagram.getLocalPort());
    }
  }
}
