package io.assay.imputation.net;

import java.util.Arrays;
import java.util.List;

/**
 * Takes over what a network has learned into another one, whose attributes may be others, have more
 * values, or be standardised anew: answers are the same at first as long as no attribute is new;
 * what is new begins as in any network.
 */
public final class Carried {
  private final Layout from;
  private final float[] learned;
  private final Layout to;
  private final float[] into;

  /** Where an attribute comes from. */
  public sealed interface Source {}

  /** From nowhere. */
  public record New() implements Source {}

  /**
   * A category.
   *
   * @param attribute which it was
   * @param before of each value from 1 on which value it was; 0 of a new one
   */
  public record Values(int attribute, List<Integer> before) implements Source {
    public Values {
      before = List.copyOf(before);
    }
  }

  /**
   * Numbers: what is z now was {@code factor z + shift}.
   *
   * @param factors of each dimension, not 0
   */
  public record Numbers(int attribute, List<Double> factors, List<Double> shifts)
      implements Source {
    public Numbers {
      factors = List.copyOf(factors);
      shifts = List.copyOf(shifts);
    }
  }

  private Carried(Layout from, float[] learned, Layout to, float[] into) {
    this.from = from;
    this.learned = learned;
    this.to = to;
    this.into = into;
  }

  /**
   * Parameters for the other layout.
   *
   * @param to of the same width; without a hidden layer, or with one as large, or with one where
   *     there was none
   * @param sources of each of its attributes
   * @param seed of what is new
   */
  public static float[] over(
      Layout from, float[] learned, Layout to, List<Source> sources, long seed) {
    float[] into = Beginning.of(to, seed);
    var carried = new Carried(from, learned, to, into);
    int[] before = new int[sources.size()];
    for (int a = 0; a < before.length; a++) {
      before[a] = carried.take(a, sources.get(a));
    }
    for (int a = 0; a < before.length; a++) {
      if (before[a] >= 0) {
        carried.look(a, before);
      }
    }
    return into;
  }

  private int take(int a, Source source) {
    return switch (source) {
      case New ignored -> -1;
      case Values values -> {
        values(a, values);
        yield values.attribute();
      }
      case Numbers numbers -> {
        numbers(a, numbers);
        yield numbers.attribute();
      }
    };
  }

  private void values(int a, Values source) {
    int width = to.width();
    int was = source.attribute();
    for (int v = 0; v < to.domain(a); v++) {
      int value = source.before().get(v) - 1;
      if (value >= 0) {
        copy(from.embedding(was) + value * width, to.embedding(a) + v * width, width);
        copy(from.scores(was) + value * width, to.scores(a) + v * width, width);
        copy(from.offsets(was) + value, to.offsets(a) + v, 1);
      }
    }
    residual(was, a);
  }

  private void numbers(int a, Numbers source) {
    int width = to.width();
    int was = source.attribute();
    int in = (to.dimensions(a) + 2 + width) * width;
    copy(from.slope(was), to.slope(a), in);
    copy(from.direction(was), to.direction(a), in - width);
    for (int d = 0; d < to.dimensions(a); d++) {
      int slope = to.slope(a) + d * width;
      double factor = source.factors().get(d);
      double shift = source.shifts().get(d);
      for (int j = 0; j < width; j++) {
        into[to.zero(a) + j] += (float) (shift * into[slope + j]);
        into[slope + j] *= (float) factor;
      }
      readOut(a, d, 1 / factor, -shift / factor);
    }
    residual(was, a);
  }

  /**
   * An answer is {@code h . u}, u of length 1; it becomes {@code factor h . u + shift}, while those
   * of the other dimensions stay, as h is moved along what is u's alone.
   */
  private void readOut(int a, int dimension, double factor, double shift) {
    int width = to.width();
    double[] unit = unit(a, dimension);
    double[] own = unit.clone();
    double[][] others = new double[to.dimensions(a)][];
    for (int d = 0; d < others.length; d++) {
      others[d] = d == dimension ? new double[width] : unit(a, d);
      for (int e = 0; e < d; e++) {
        away(others[d], others[e]);
      }
      away(own, others[d]);
    }
    double length = dot(own, unit);
    double moved = dot(row(to.outputBias(a)), unit) * (factor - 1) + shift;
    add(own, moved / length, to.outputBias(a));
    for (int row = 0; row < width; row++) {
      int at = to.outputWeights(a) + row * width;
      add(own, dot(row(at), unit) * (factor - 1) / length, at);
    }
  }

  private double[] unit(int a, int dimension) {
    double[] direction = row(to.direction(a) + dimension * to.width());
    double length = Math.sqrt(dot(direction, direction));
    return Arrays.stream(direction).map(x -> x / Math.max(length, 1e-12)).toArray();
  }

  /** Without what it has along another one. */
  private static void away(double[] of, double[] other) {
    double square = dot(other, other);
    double share = square < 1e-12 ? 0 : dot(of, other) / square;
    for (int j = 0; j < of.length; j++) {
      of[j] -= share * other[j];
    }
  }

  private double[] row(int at) {
    double[] row = new double[to.width()];
    for (int j = 0; j < row.length; j++) {
      row[j] = into[at + j];
    }
    return row;
  }

  private void add(double[] of, double factor, int at) {
    for (int j = 0; j < of.length; j++) {
      into[at + j] += (float) (factor * of[j]);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private void residual(int was, int a) {
    if (from.hidden() == to.hidden()) {
      int length = to.hidden() == 0 ? 0 : (2 * to.width() + 1) * to.hidden() + to.width();
      copy(from.residual(was), to.residual(a), length);
    }
  }

  /** What is new is looked at as much as others on average, by their logits. */
  private void look(int target, int[] before) {
    int was = from.attention(before[target]);
    double mean = 0;
    for (int b = 0; b < from.attributes(); b++) {
      mean += learned[was + b] / from.attributes();
    }
    for (int b = 0; b < before.length; b++) {
      into[to.attention(target) + b] = before[b] < 0 ? (float) mean : learned[was + before[b]];
    }
  }

  private void copy(int at, int to, int length) {
    System.arraycopy(learned, at, into, to, length);
  }
}
