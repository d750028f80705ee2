package io.assay.assertion;

/**
 * Whether an event is in a declared slice of its stream. Where the slice's condition has no value
 * the event is in neither part.
 */
public enum SliceValue {
  UNDECIDED(0),
  FALSE(1),
  TRUE(2);

  private static final int BITS = 2;
  private static final int MASK = (1 << BITS) - 1;
  private static final SliceValue[] VALUES = {UNDECIDED, FALSE, TRUE, UNDECIDED};

  private final int code;

  SliceValue(int code) {
    this.code = code;
  }

  /** By which it is stored: 0 to 2, and it never changes. */
  public int code() {
    return code;
  }

  /**
   * One of the values that {@link #put} has put together.
   *
   * @param place of the slice among those that are counted, from 0
   */
  public static SliceValue at(int all, int place) {
    return VALUES[(all >>> (BITS * place)) & MASK];
  }

  /** Puts this value at a place, 0 to 15, where there is none; without any, all is 0. */
  public int put(int all, int place) {
    return all | code << (BITS * place);
  }
}
