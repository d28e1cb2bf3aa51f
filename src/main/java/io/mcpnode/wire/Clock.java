package io.mcpnode.wire;

/** Time, so that decisions can be tested with another one. */
public interface Clock {

  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long millis() {
          return System.currentTimeMillis();
        }
      };

  /** Monotonic, for durations and deadlines; not comparable between nodes. */
  long nanos();

  /** Epoch milliseconds, for what people read and what is stored; may jump. */
  long millis();
}
