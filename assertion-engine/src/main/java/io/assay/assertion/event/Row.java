package io.assay.assertion.event;

import org.jspecify.annotations.Nullable;

/**
 * The values of a {@link StructType}: primitives as bits in one array, all else in another, so that
 * reading a number allocates nothing. Filled once by a decoder or builder, then only read.
 */
public final class Row {
  /** State of a field. */
  public static final byte ABSENT = 0;

  public static final byte PRESENT = 1;

  /** Came, but not of its declared type or range: rules that read it are undecided. */
  public static final byte INVALID = 2;

  private final StructType type;
  private final long[] bits;
  private final @Nullable Object[] references;
  private final byte[] states;

  public Row(StructType type) {
    this(type, type.primitives(), type.references());
  }

  /** For whoever makes many rows of one type and has counted its slots. */
  Row(StructType type, int primitives, int references) {
    this.type = type;
    this.bits = new long[primitives];
    this.references = new Object[references];
    this.states = new byte[type.fields().size()];
  }

  public StructType type() {
    return type;
  }

  /** One of {@link #ABSENT}, {@link #PRESENT}, {@link #INVALID}, by the field's index. */
  public byte state(int index) {
    return states[index];
  }

  public void mark(StructType.Field field, byte state) {
    states[field.index()] = state;
  }

  public void setLong(StructType.Field field, long value) {
    bits[field.slot()] = value;
    states[field.index()] = PRESENT;
  }

  public void setDouble(StructType.Field field, double value) {
    setLong(field, Double.doubleToRawLongBits(value));
  }

  public void setReference(StructType.Field field, Object value) {
    references[field.slot()] = value;
    states[field.index()] = PRESENT;
  }

  /** Another row with the same values; lists and rows within are shared. */
  public Row copy() {
    Row copy = new Row(type, bits.length, references.length);
    System.arraycopy(bits, 0, copy.bits, 0, bits.length);
    System.arraycopy(references, 0, copy.references, 0, references.length);
    System.arraycopy(states, 0, copy.states, 0, states.length);
    return copy;
  }

  /** An INT, TIMESTAMP or DURATION by its slot; a BOOL is 1 or 0. */
  public long getLong(int slot) {
    return bits[slot];
  }

  public double getDouble(int slot) {
    return Double.longBitsToDouble(bits[slot]);
  }

  public @Nullable Object getReference(int slot) {
    return references[slot];
  }
}
