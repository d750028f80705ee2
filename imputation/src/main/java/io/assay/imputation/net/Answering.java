package io.assay.imputation.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network that has learned and answers, row by row. What does not depend on a row is worked out
 * before: vectors of values, where each target looks, and what a number's head reads out. So a row
 * costs a fraction of what it costs while learning; answers are the same but for rounding.
 *
 * <p>Immutable; a {@link Row} is one thread's.
 */
public final class Answering {
  private final Layout layout;
  private final int width;
  private final float[][][] values;
  private final NumberVectors[] numbers;
  private final float[][] weights;
  private final float[][][] heads;
  private final float[][] offsets;
  private final List<Layer> residuals;

  public Answering(Layout layout, float[] parameters) {
    int attributes = layout.attributes();
    this.layout = layout;
    this.width = layout.width();
    this.values = new float[attributes][0][];
    this.numbers = new NumberVectors[attributes];
    this.weights = new float[attributes][attributes];
    this.heads = new float[attributes][][];
    this.offsets = new float[attributes][];
    List<Layer> layers = new ArrayList<>();
    var attention = new Attention(layout);
    attention.read(parameters);
    for (int a = 0; a < attributes; a++) {
      if (layout.isNumber(a)) {
        numbers[a] = NumberVectors.of(layout, parameters, a);
        readNumberHead(parameters, a);
      } else {
        readCategory(parameters, a);
      }
      for (int b = 0; b < attributes; b++) {
        weights[a][b] = attention.weight(a, b);
      }
      layers.add(new Layer(layout, parameters, a));
    }
    this.residuals = List.copyOf(layers);
  }

  /** The value-dependent layer of a target, of no numbers in a plain network. */
  private static final class Layer {
    private final float[][] in;
    private final float[] inBias;
    private final float[][] out;
    private final float[] outBias;

    Layer(Layout layout, float[] parameters, int a) {
      int width = layout.width();
      int hidden = layout.hidden();
      this.in = new float[width][hidden];
      this.inBias = new float[hidden];
      this.out = new float[hidden][width];
      this.outBias = new float[width];
      if (hidden > 0) {
        Products.split(parameters, layout.residual(a), in, width, hidden);
        System.arraycopy(parameters, layout.residualBias(a), inBias, 0, hidden);
        Products.split(parameters, layout.residualOut(a), out, hidden, width);
        System.arraycopy(parameters, layout.residualOutBias(a), outBias, 0, width);
      }
    }
  }

  private void readCategory(float[] parameters, int a) {
    int domain = layout.domain(a);
    values[a] = new float[domain][width];
    Products.split(parameters, layout.embedding(a), values[a], domain, width);
    for (float[] value : values[a]) {
      normalise(value);
    }
    float[][] scores = new float[domain][width];
    Products.split(parameters, layout.scores(a), scores, domain, width);
    heads[a] = new float[width][domain];
    Products.transpose(scores, heads[a], domain, width);
    offsets[a] = new float[domain];
    System.arraycopy(parameters, layout.offsets(a), offsets[a], 0, domain);
  }

  /** {@code (relu(x) W + bias) . u} is {@code relu(x) . (W u) + bias . u}. */
  private void readNumberHead(float[] parameters, int a) {
    int dimensions = layout.dimensions(a);
    float[][] directions = new float[dimensions][width];
    Products.split(parameters, layout.direction(a), directions, dimensions, width);
    float[][] outward = new float[width + 1][width];
    Products.split(parameters, layout.outputWeights(a), outward, width, width);
    System.arraycopy(parameters, layout.outputBias(a), outward[width], 0, width);
    heads[a] = new float[dimensions][width];
    offsets[a] = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      normalise(directions[d]);
      for (int j = 0; j < width; j++) {
        heads[a][d][j] = Products.dot(outward[j], directions[d], width);
      }
      offsets[a][d] = Products.dot(outward[width], directions[d], width);
    }
  }

  /** To length 1; what has none is zero. */
  static void normalise(float[] vector) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < vector.length; j += 4) {
      s0 += (double) vector[j] * vector[j];
      s1 += (double) vector[j + 1] * vector[j + 1];
      s2 += (double) vector[j + 2] * vector[j + 2];
      s3 += (double) vector[j + 3] * vector[j + 3];
    }
    for (; j < vector.length; j++) {
      s0 += (double) vector[j] * vector[j];
    }
    double length = Math.sqrt(s0 + s1 + (s2 + s3));
    float factor = length < 1e-12 ? 0 : (float) (1 / length);
    for (j = 0; j < vector.length; j++) {
      vector[j] *= factor;
    }
  }

  /** How much a target looks at an attribute, of all it looks at. */
  public float weight(int target, int attribute) {
    return weights[target][attribute];
  }

  /** Room for rows, one after another. */
  public Row row() {
    return new Row();
  }

  /** One row. Not for several threads. */
  public final class Row {
    private final float[][] vectors = new float[layout.attributes()][];
    private final float[][] own = new float[layout.attributes()][];
    private final boolean[] isPresent = new boolean[layout.attributes()];
    private final float[] context = new float[width];
    private final float[] seen = new float[width];
    private final float[] inner = new float[layout.hidden()];
    private final float[] relu = new float[width];

    private Row() {
      for (int a = 0; a < own.length; a++) {
        own[a] = new float[layout.isNumber(a) ? width : 0];
        vectors[a] = own[a];
      }
    }

    /** A row of the codes; it can be asked for its cells then. */
    public void read(Codes codes, int row) {
      for (int a = 0; a < vectors.length; a++) {
        isPresent[a] = codes.isPresent(a, row);
        if (isPresent[a] && layout.isNumber(a)) {
          numbers[a].read(codes.numbers(a), row * layout.dimensions(a), own[a]);
        } else if (isPresent[a]) {
          vectors[a] = values[a][codes.values(a)[row] - 1];
        }
      }
    }

    /** Whether the attribute is there. */
    public boolean isPresent(int attribute) {
      return isPresent[attribute];
    }

    /**
     * What an attribute probably is, by all others.
     *
     * @param into of numbers the standardised ones, of a category the scores of its values
     */
    public void answer(int target, float[] into) {
      look(target);
      System.arraycopy(offsets[target], 0, into, 0, offsets[target].length);
      if (layout.isNumber(target)) {
        for (int j = 0; j < width; j++) {
          relu[j] = Math.max(0, seen[j]);
        }
        for (int d = 0; d < layout.dimensions(target); d++) {
          into[d] += Products.dot(relu, heads[target][d], width);
        }
      } else {
        Products.addRow(seen, heads[target], into, width, layout.domain(target));
      }
    }

    private void look(int target) {
      Arrays.fill(context, 0);
      for (int b = 0; b < vectors.length; b++) {
        if (b != target && isPresent[b]) {
          Products.addMultiple(vectors[b], weights[target][b], context, width);
        }
      }
      System.arraycopy(context, 0, seen, 0, width);
      if (inner.length > 0) {
        goThrough(residuals.get(target));
      }
    }

    private void goThrough(Layer layer) {
      System.arraycopy(layer.inBias, 0, inner, 0, inner.length);
      Products.addRow(context, layer.in, inner, width, inner.length);
      for (int j = 0; j < inner.length; j++) {
        inner[j] = Math.max(0, inner[j]);
      }
      Products.addMultiple(layer.outBias, 1, seen, width);
      Products.addRow(inner, layer.out, seen, inner.length, width);
    }
  }
}
