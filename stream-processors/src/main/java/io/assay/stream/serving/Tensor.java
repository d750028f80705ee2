package io.assay.stream.serving;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What a model is given or gives under one name.
 *
 * @param shape the outermost dimension first; empty for a single value
 * @param values as many as the shape says
 */
record Tensor(String name, List<Integer> shape, Values values) {
  /** NumPy has 64 at most; no model has half of these. */
  private static final int MOST_DIMENSIONS = 16;

  Tensor {
    shape = List.copyOf(shape);
    if (shape.size() > MOST_DIMENSIONS) {
      throw new UnreadablePayload(
          "tensor '%s' has %d dimensions, there may be %d"
              .formatted(name, shape.size(), MOST_DIMENSIONS));
    }
    requireFewLists(name, shape);
    if (count(shape) != values.size()) {
      throw new UnreadablePayload(
          "tensor '%s' of shape %s needs %d values, %d came"
              .formatted(name, shape, count(shape), values.size()));
    }
  }

  /**
   * No boxes found are {@code [1, 0, 4]}; five million times none are nothing that a model says.
   */
  private static void requireFewLists(String name, List<Integer> shape) {
    int zero = shape.indexOf(0);
    if (zero > 0 && count(shape.subList(0, zero)) > PredictionEvents.MOST_ROWS) {
      throw new UnreadablePayload(
          "tensor '%s' of shape %s has no values in %d lists, there may be %d"
              .formatted(name, shape, count(shape.subList(0, zero)), PredictionEvents.MOST_ROWS));
    }
  }

  static long count(List<Integer> shape) {
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new UnreadablePayload("a tensor's shape needs sizes from 0 on, got " + shape);
      }
      count = Math.min(Integer.MAX_VALUE + 1L, count * size);
    }
    return count;
  }

  /** All of it, in lists of lists. */
  void write(JsonGenerator json) {
    write(json, 0, 0, values.size());
  }

  /** One of the outermost; a row of one value is that value. */
  void writeRow(int row, JsonGenerator json) {
    int length = values.size() / shape.getFirst();
    if (length == 1) {
      values.write(row, json);
    } else {
      write(json, 1, row * length, length);
    }
  }

  private void write(JsonGenerator json, int dimension, int from, int length) {
    if (dimension == shape.size()) {
      values.write(from, json);
      return;
    }
    json.writeStartArray();
    int size = shape.get(dimension);
    for (int i = 0; i < size; i++) {
      write(json, dimension + 1, from + i * (length / size), length / size);
    }
    json.writeEndArray();
  }
}
