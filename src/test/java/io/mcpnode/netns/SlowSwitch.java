package io.mcpnode.netns;

import io.mcpnode.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes the place of the switch between hosts and hands every frame on late: the kernel's own means
 * for that, netem, is not there everywhere. Each host has a tap device, whose frames socat carries
 * to this process and back as datagrams.
 */
final class SlowSwitch implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final int MAX_FRAME = 2048;
  private static final int MAC_LENGTH = 6;

  private final DatagramSocket socket;
  private final long delayMillis;
  private final List<SocketAddress> ends = new ArrayList<>();
  private final List<Process> taps = new ArrayList<>();
  private final Map<String, SocketAddress> known = new ConcurrentHashMap<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "slow switch");
            thread.setDaemon(true);
            return thread;
          });

  private SlowSwitch(DatagramSocket socket, Duration delay) {
    this.socket = socket;
    this.delayMillis = delay.toMillis();
  }

  /** Why there can be none here; empty if there can. */
  static String missing() {
    return Shell.has("socat") && Shell.run("test -w /dev/net/tun && echo yes || true").isEmpty()
        ? "/dev/net/tun is missing"
        : "";
  }

  /**
   * Puts it between these hosts, before anything runs on them.
   *
   * @param delay of every frame, so half of what a round trip gains
   */
  static SlowSwitch between(Hosts hosts, Duration delay) {
    try {
      SlowSwitch made =
          new SlowSwitch(
              new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
              delay);
      try {
        for (int host = 1; host <= hosts.count(); host++) {
          made.plug(hosts, host);
        }
        Thread receiver = new Thread(made::receive, "slow switch input");
        receiver.setDaemon(true);
        receiver.start();
        return made;
      } catch (IOException | RuntimeException e) {
        made.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plug(Hosts hosts, int host) throws IOException {
    int end;
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      end = free.getLocalPort();
    }
    ends.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), end));
    String device = hosts.tap(host);
    taps.add(
        new ProcessBuilder(
                "socat",
                "TUN,tun-type=tap,tun-name=" + device + ",iff-no-pi",
                "UDP-DATAGRAM:127.0.0.1:" + socket.getLocalPort() + ",bind=127.0.0.1:" + end)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
    Await.until(
        device + " is there",
        START_LIMIT,
        () -> Shell.run("ip link show " + device + " 2>&1 || true").contains("mtu"));
    hosts.connect(host, device);
  }

  private void receive() {
    byte[] buffer = new byte[MAX_FRAME];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        forward(packet.getData().clone(), packet.getLength(), packet.getSocketAddress());
      } catch (SocketException | RejectedExecutionException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(new IOException("the switch is broken", e));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void forward(byte[] frame, int length, SocketAddress from) {
    known.put(mac(frame, MAC_LENGTH), from);
    SocketAddress to = known.get(mac(frame, 0));
    later.schedule(
        () -> {
          for (SocketAddress end : ends) {
            if (to == null ? !end.equals(from) : end.equals(to)) {
              send(frame, length, end);
            }
          }
        },
        delayMillis,
        TimeUnit.MILLISECONDS);
  }

  private void send(byte[] frame, int length, SocketAddress to) {
    try {
      socket.send(new DatagramPacket(frame, length, to));
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String mac(byte[] frame, int offset) {
    return HexFormat.of().formatHex(frame, offset, offset + MAC_LENGTH);
  }

  @Override
  public void close() {
    socket.close();
    later.shutdownNow();
    taps.forEach(Process::destroyForcibly);
  }
}
