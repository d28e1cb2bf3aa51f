package io.mcpnode.feature.call;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;

/**
 * Regular expressions that read a bounded number of characters in one check, for some take time
 * exponential in the text.
 */
final class RegexBudget implements RegularExpressionFactory {

  /** A check that has read so many is given up: some 20 ms. */
  static final int MAX_READS = 2_000_000;

  /** The check has read too much. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted() {
      super("its patterns take too long (expected: <= " + MAX_READS + " characters read)");
    }
  }

  private final ThreadLocal<int[]> left = ThreadLocal.withInitial(() -> new int[1]);

  /** A check begins on this thread. */
  void begin() {
    left.get()[0] = MAX_READS;
  }

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return value -> pattern.matcher(new Counted(value, left.get())).find();
  }

  /** A text that counts how often it is read. */
  private record Counted(CharSequence text, Reads reads) implements CharSequence {

    Counted(CharSequence text, int[] left) {
      this(text, new Reads(left));
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads.one();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), reads);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static final class Reads {
    private final int[] left;

    Reads(int[] left) {
      this.left = left;
    }

    void one() {
      if (--left[0] < 0) {
        throw new Exhausted();
      }
    }
  }
}
