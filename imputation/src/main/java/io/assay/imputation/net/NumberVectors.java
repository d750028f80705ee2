package io.assay.imputation.net;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What numbers are as vectors: {@code relu(z s + t) W + b}, brought to length 1. */
sealed interface NumberVectors {
  /**
   * @param z standardised numbers, from a place on
   */
  void read(float[] z, int at, float[] into);

  static NumberVectors of(Layout layout, float[] parameters, int attribute) {
    var layer = new Layer(layout, parameters, attribute);
    return layer.slopes.length == 1 ? Segments.of(layer) : layer;
  }

  /** Of several numbers together: the product is worked out. */
  final class Layer implements NumberVectors {
    private final int width;
    private final float[][] slopes;
    private final float[] zero;
    private final float[][] weights;
    private final float[] bias;

    private Layer(Layout layout, float[] parameters, int attribute) {
      this.width = layout.width();
      this.slopes = new float[layout.dimensions(attribute)][width];
      this.zero = new float[width];
      this.weights = new float[width][width];
      this.bias = new float[width];
      Products.split(parameters, layout.slope(attribute), slopes, slopes.length, width);
      System.arraycopy(parameters, layout.zero(attribute), zero, 0, width);
      Products.split(parameters, layout.inputWeights(attribute), weights, width, width);
      System.arraycopy(parameters, layout.inputBias(attribute), bias, 0, width);
    }

    @Override
    public void read(float[] z, int at, float[] into) {
      System.arraycopy(bias, 0, into, 0, width);
      for (int unit = 0; unit < width; unit++) {
        float sum = zero[unit];
        for (int d = 0; d < slopes.length; d++) {
          sum = Math.fma(z[at + d], slopes[d][unit], sum);
        }
        if (sum > 0) {
          Products.addMultiple(weights[unit], sum, into, width);
        }
      }
      Answering.normalise(into);
    }
  }

  /**
   * Of one number. Between the places where a unit of the first layer begins or ends, all is linear
   * in z: a line for each such segment is worked out before, and a vector costs one search and one
   * line instead of a product.
   */
  final class Segments implements NumberVectors {
    private final float[] ends;
    private final float[][] slopes;
    private final float[][] offsets;

    private Segments(int width, float[] ends) {
      this.ends = ends;
      this.slopes = new float[ends.length + 1][width];
      this.offsets = new float[ends.length + 1][width];
    }

    static Segments of(Layer layer) {
      float[] slope = layer.slopes[0];
      int width = layer.width;
      List<Integer> turning =
          IntStream.range(0, width)
              .filter(unit -> Float.isFinite(-layer.zero[unit] / slope[unit]))
              .boxed()
              .sorted(Comparator.comparingDouble(unit -> -layer.zero[unit] / slope[unit]))
              .toList();
      float[] ends = new float[turning.size()];
      for (int e = 0; e < ends.length; e++) {
        ends[e] = -layer.zero[turning.get(e)] / slope[turning.get(e)];
      }
      var segments = new Segments(width, ends);
      double[] rise = new double[width];
      double[] level = new double[width];
      for (int j = 0; j < width; j++) {
        level[j] = layer.bias[j];
      }
      for (int unit = 0; unit < width; unit++) {
        // On the far left those are on that fall, and those that never turn and are above zero.
        boolean isFlat = !turning.contains(unit);
        if (isFlat ? layer.zero[unit] > 0 : slope[unit] < 0) {
          add(layer, unit, 1, rise, level);
        }
      }
      segments.set(0, rise, level);
      for (int e = 0; e < ends.length; e++) {
        int unit = turning.get(e);
        add(layer, unit, slope[unit] > 0 ? 1 : -1, rise, level);
        segments.set(e + 1, rise, level);
      }
      return segments;
    }

    private static void add(Layer layer, int unit, int sign, double[] rise, double[] level) {
      for (int j = 0; j < rise.length; j++) {
        double weight = sign * (double) layer.weights[unit][j];
        rise[j] += weight * layer.slopes[0][unit];
        level[j] += weight * layer.zero[unit];
      }
    }

    private void set(int segment, double[] rise, double[] level) {
      for (int j = 0; j < rise.length; j++) {
        slopes[segment][j] = (float) rise[j];
        offsets[segment][j] = (float) level[j];
      }
    }

    @Override
    public void read(float[] z, int at, float[] into) {
      float number = z[at];
      int low = 0;
      int high = ends.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (ends[middle] < number) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      float[] slope = slopes[low];
      float[] offset = offsets[low];
      for (int j = 0; j < into.length; j++) {
        into[j] = Math.fma(number, slope[j], offset[j]);
      }
      Answering.normalise(into);
    }
  }
}
