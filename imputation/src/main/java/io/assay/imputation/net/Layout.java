package io.assay.imputation.net;

import java.util.List;

/**
 * Where each parameter of a network stands in one array of numbers, so that an optimiser and a file
 * need to know nothing else.
 *
 * <p>Attributes are numbered from 0. Of a category value 0 is the missing one, whose vector is
 * zero.
 */
public final class Layout {
  private final int width;
  private final int hidden;
  private final int[] domains;
  private final int[] dimensions;
  private final int[] inputs;
  private final int[] outputs;
  private final int[] residuals;
  private final int attention;
  private final int size;

  /**
   * @param attributes what each is
   * @param width k, numbers of a vector
   * @param hidden numbers of the value-dependent layer, 0 for the plain network
   */
  public Layout(List<Attribute> attributes, int width, int hidden) {
    if (attributes.isEmpty() || width < 1 || hidden < 0) {
      throw new IllegalArgumentException(
          "a network needs attributes and a width, got %s, %d, %d"
              .formatted(attributes, width, hidden));
    }
    this.width = width;
    this.hidden = hidden;
    this.domains = new int[attributes.size()];
    this.dimensions = new int[attributes.size()];
    for (int a = 0; a < domains.length; a++) {
      switch (attributes.get(a)) {
        case Attribute.Category category -> domains[a] = category.values();
        case Attribute.Numbers numbers -> dimensions[a] = numbers.dimensions();
      }
    }
    this.inputs = new int[domains.length];
    this.outputs = new int[domains.length];
    this.residuals = new int[domains.length];
    int at = 0;
    for (int a = 0; a < domains.length; a++) {
      inputs[a] = at;
      at += isNumber(a) ? (dimensions[a] + 2 + width) * width : domains[a] * width;
      outputs[a] = at;
      at += isNumber(a) ? (dimensions[a] + 1 + width) * width : domains[a] * (width + 1);
      residuals[a] = at;
      at += hidden == 0 ? 0 : (2 * width + 1) * hidden + width;
    }
    this.attention = at;
    this.size = at + domains.length * domains.length;
  }

  public int attributes() {
    return domains.length;
  }

  public int width() {
    return width;
  }

  public int hidden() {
    return hidden;
  }

  public boolean isNumber(int attribute) {
    return dimensions[attribute] > 0;
  }

  /** How many values a category has; 0 of a number. */
  public int domain(int attribute) {
    return domains[attribute];
  }

  /** How many numbers belong together, as latitude and longitude do; 0 of a category. */
  public int dimensions(int attribute) {
    return dimensions[attribute];
  }

  /** Of an answer, the most numbers. */
  public int widest() {
    int widest = 1;
    for (int a = 0; a < domains.length; a++) {
      widest = Math.max(widest, Math.max(domains[a], dimensions[a]));
    }
    return widest;
  }

  /** Of all parameters. */
  public int size() {
    return size;
  }

  /** Of a category: the vector of value 1, the others behind it. */
  public int embedding(int category) {
    return inputs[category];
  }

  /** Of a category: the vectors that contexts are held against, value 1 first. */
  public int scores(int category) {
    return outputs[category];
  }

  /** Of a category: what each value has without any context. */
  public int offsets(int category) {
    return outputs[category] + domains[category] * width;
  }

  /** Of a number: what its value is multiplied by; dimensions x width. */
  public int slope(int number) {
    return inputs[number];
  }

  public int zero(int number) {
    return inputs[number] + dimensions[number] * width;
  }

  public int inputBias(int number) {
    return zero(number) + width;
  }

  /** Of a number: width x width, from the first layer to its vector. */
  public int inputWeights(int number) {
    return inputBias(number) + width;
  }

  /** Of a number: the direction in which its prediction is read; dimensions x width. */
  public int direction(int number) {
    return outputs[number];
  }

  public int outputBias(int number) {
    return outputs[number] + dimensions[number] * width;
  }

  public int outputWeights(int number) {
    return outputBias(number) + width;
  }

  /** Of the value-dependent layer: width x hidden. */
  public int residual(int attribute) {
    return residuals[attribute];
  }

  /** Hidden numbers. */
  public int residualBias(int attribute) {
    return residual(attribute) + width * hidden;
  }

  /** Hidden x width. */
  public int residualOut(int attribute) {
    return residualBias(attribute) + hidden;
  }

  /** Width numbers. */
  public int residualOutBias(int attribute) {
    return residualOut(attribute) + hidden * width;
  }

  /** A logit for each attribute that a target may look at. */
  public int attention(int target) {
    return attention + target * domains.length;
  }
}
