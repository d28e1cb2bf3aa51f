package io.mcpnode.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The result of one list method in the words of one revision, in pages. The items are kept as
 * bytes, and so is the first page. A page is found by the key of the last item before it, not by a
 * number, so that a page follows from the one before also where the list has changed meanwhile.
 */
public final class Listing {

  /** Items on a page: more than most servers have, for many clients never ask for the second. */
  public static final int PAGE = 200;

  /** One item. */
  static final class Item {
    private final String key;
    private final byte[] json;

    /**
     * @param key by which the list is ordered
     * @param json what is shown
     */
    Item(String key, byte[] json) {
      this.key = key;
      this.json = json;
    }

    String key() {
      return key;
    }

    byte[] json() {
      return json;
    }
  }

  private final String member;
  private final List<Item> items;
  private final byte[] tail;
  private final UnaryOperator<String> cursor;
  private final int pageSize;
  private final byte[] first;

  /**
   * @param member of the result that the items are in
   * @param items in any order, no key twice
   * @param tail the members behind the items, each after a comma
   * @param cursor makes the cursor for the page behind a key
   */
  Listing(
      String member, List<Item> items, byte[] tail, UnaryOperator<String> cursor, int pageSize) {
    this.member = member;
    List<Item> ordered = new ArrayList<>(items);
    ordered.sort(Comparator.comparing(Item::key));
    this.items = List.copyOf(ordered);
    this.tail = tail;
    this.cursor = cursor;
    this.pageSize = pageSize;
    this.first = page(0);
  }

  /** The first page; the same array each time, which nobody may change. */
  public byte[] first() {
    return first;
  }

  /** The page behind the key, which may be of an item that is no more; empty at the end. */
  public byte[] after(String key) {
    int from = 0;
    int to = items.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (items.get(middle).key().compareTo(key) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return page(from);
  }

  private byte[] page(int from) {
    int to = Math.min(items.size(), from + pageSize);
    int size = 64 + tail.length;
    for (int i = from; i < to; i++) {
      size += items.get(i).json().length + 1;
    }
    JsonOut out = new JsonOut(size).raw('{').string(member).raw(":[");
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.raw(',');
      }
      out.raw(items.get(i).json());
    }
    out.raw(']');
    if (to < items.size()) {
      out.raw(",\"nextCursor\":").string(cursor.apply(items.get(to - 1).key()));
    }
    return out.raw(tail).raw('}').toByteArray();
  }

  /** Same pages, so no need to tell anybody. */
  public boolean sameAs(Listing other) {
    if (items.size() != other.items.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      if (!Arrays.equals(items.get(i).json(), other.items.get(i).json())) {
        return false;
      }
    }
    return true;
  }
}
