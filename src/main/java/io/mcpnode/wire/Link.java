package io.mcpnode.wire;

import java.util.function.Consumer;

/** The way of frames to one node. Any thread; nothing here blocks. */
interface Link {

  /**
   * @param failed told if it is known that the frame did not leave, or may not have
   */
  void toService(Service service, Frame frame, Consumer<Throwable> failed);

  /** To whoever waits for replies there. */
  void toLane(int lane, Frame frame);

  /** About open requests: further messages, credits, audits. */
  void toControl(Frame frame);
}
