package io.assay.stream.embeddings;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An item's vector as it is stored: floats, four bytes each. */
final class Vector {
  /** Without a number. */
  static final Vector NONE = new Vector(new byte[0]);

  private final byte[] floats;

  private Vector(byte[] floats) {
    this.floats = floats;
  }

  /** Numbers that floats can hold; those between two floats are rounded. */
  static Vector of(double[] values) {
    ByteBuffer floats = ByteBuffer.allocate(values.length * Float.BYTES);
    for (double value : values) {
      floats.putFloat((float) value);
    }
    return new Vector(floats.array());
  }

  /** As {@link #bytes} gave it. */
  static Vector read(byte[] floats) {
    return new Vector(floats);
  }

  byte[] bytes() {
    return floats;
  }

  int dimensions() {
    return floats.length / Float.BYTES;
  }

  double[] values() {
    ByteBuffer from = ByteBuffer.wrap(floats);
    double[] values = new double[dimensions()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.getFloat();
    }
    return values;
  }

  boolean isSame(Vector other) {
    return Arrays.equals(floats, other.floats);
  }
}
