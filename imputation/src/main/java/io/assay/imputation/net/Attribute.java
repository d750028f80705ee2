package io.assay.imputation.net;

/** What a network knows of a column, or of a group of them. */
public sealed interface Attribute {
  /**
   * One of some values.
   *
   * @param values how many are known, 1 or more
   */
  record Category(int values) implements Attribute {
    public Category {
      if (values < 1) {
        throw new IllegalArgumentException("a category needs a value, got " + values);
      }
    }
  }

  /**
   * Numbers that are there or missing together.
   *
   * @param dimensions how many, 1 of a column alone
   */
  record Numbers(int dimensions) implements Attribute {
    public Numbers {
      if (dimensions < 1) {
        throw new IllegalArgumentException("numbers need a dimension, got " + dimensions);
      }
    }
  }
}
