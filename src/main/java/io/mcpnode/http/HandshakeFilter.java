package io.mcpnode.http;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes a listening socket ignore attempts to connect, while those that have begun are completed:
 * whoever is in its queue when a socket closes is reset, even if its request has been sent already.
 * An attempt that is ignored comes again a second later and is refused then, so that its client
 * knows that nothing happened. A packet filter (classic BPF) that drops what has SYN and not ACK;
 * connections that inherit it never get such a packet. Linux only.
 */
final class HandshakeFilter {

  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;

  private static final int FLAGS_OF_TCP = 13;
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;

  private static final int LOAD_BYTE = 0x30;
  private static final int AND = 0x54;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;

  private static final int INSTRUCTIONS = 5;
  private static final int INSTRUCTION_BYTES = 8;

  /** {@code struct sock_fprog}: a length of two bytes, and from byte 8 on the address. */
  private static final int PROGRAM_BYTES = 16;

  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, PROGRAM_BYTES);

  private HandshakeFilter() {}

  /** False if this kind of socket can't do it. */
  static boolean attach(Channel listening) {
    if (!(listening instanceof EpollServerSocketChannel)) {
      return false;
    }
    ByteBuffer code = direct(INSTRUCTIONS * INSTRUCTION_BYTES);
    add(code, LOAD_BYTE, 0, FLAGS_OF_TCP);
    add(code, AND, 0, SYN_ACK);
    add(code, JUMP_IF_EQUAL, 1, SYN);
    add(code, RETURN, 0, 0);
    add(code, RETURN, 0, -1);
    ByteBuffer program = direct(PROGRAM_BYTES);
    program.putShort(0, (short) INSTRUCTIONS).putLong(8, Buffer.memoryAddress(code));
    return listening.config().setOption(ATTACH, program);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * @param skipIfNot instructions to skip if a comparison fails
   */
  private static void add(ByteBuffer code, int operation, int skipIfNot, int value) {
    code.putShort((short) operation).put((byte) 0).put((byte) skipIfNot).putInt(value);
  }
}
