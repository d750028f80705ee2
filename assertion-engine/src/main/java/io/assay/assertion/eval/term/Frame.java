package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Local;
import org.jspecify.annotations.Nullable;

/** The variables of an assertion while one unit is judged. Reused from unit to unit; one thread. */
public final class Frame {
  private final long[] bits;
  private final @Nullable Object[] references;
  private final boolean[] set;

  /**
   * @param locals how many variables there are
   */
  public Frame(int locals) {
    this.bits = new long[locals];
    this.references = new Object[locals];
    this.set = new boolean[locals];
  }

  public void setLong(Local local, long value) {
    setLong(local.index(), value);
  }

  public void setDouble(Local local, double value) {
    setLong(local.index(), Double.doubleToRawLongBits(value));
  }

  public void setReference(Local local, Object value) {
    setReference(local.index(), value);
  }

  /** The reference that a variable holds; null where it is not set. */
  public @Nullable Object get(Local local) {
    return set[local.index()] ? references[local.index()] : null;
  }

  public void clear(Local local) {
    set[local.index()] = false;
    references[local.index()] = null;
  }

  void setLong(int index, long value) {
    bits[index] = value;
    set[index] = true;
  }

  /** What is bound already is not written again: a write costs more than a look, to a collector. */
  @SuppressWarnings("ReferenceEquality")
  void setReference(int index, Object value) {
    if (references[index] != value) {
      references[index] = value;
    }
    set[index] = true;
  }

  boolean has(int index) {
    return set[index];
  }

  long bits(int index) {
    return bits[index];
  }

  @Nullable Object reference(int index) {
    return references[index];
  }
}
