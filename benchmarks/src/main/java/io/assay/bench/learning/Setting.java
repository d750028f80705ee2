package io.assay.bench.learning;

import java.util.Arrays;
import java.util.List;

/** Which features a model reads. */
enum Setting {
  LINEAR_LIGHT("linear, Light", true, false),
  LINEAR("linear", false, false),
  QUAD_LIGHT("quad, Light", true, true),
  QUAD("quad", false, true);

  private final String title;
  private final boolean light;
  private final boolean products;

  Setting(String title, boolean light, boolean products) {
    this.title = title;
    this.light = light;
    this.products = products;
  }

  String title() {
    return title;
  }

  /** A row of numbers for each of {@code rows}, centred and scaled as the pool is. */
  double[][] features(List<Row> rows, List<Row> pool) {
    Scale raw = Scale.of(pool.stream().map(this::columns).toArray(double[][]::new));
    double[][] linear = rows.stream().map(row -> raw.apply(columns(row))).toArray(double[][]::new);
    if (!products) {
      return linear;
    }
    for (int i = 0; i < linear.length; i++) {
      linear[i] = withProducts(linear[i]);
    }
    return linear;
  }

  private double[] columns(Row row) {
    return light
        ? new double[] {
          row.temperature(), row.humidity(), row.light(), row.co2(), row.humidityRatio()
        }
        : new double[] {row.temperature(), row.humidity(), row.co2(), row.humidityRatio()};
  }

  /** Squares are products, too. */
  private static double[] withProducts(double[] x) {
    double[] all = Arrays.copyOf(x, x.length + x.length * (x.length + 1) / 2);
    int next = x.length;
    for (int i = 0; i < x.length; i++) {
      for (int j = i; j < x.length; j++) {
        all[next++] = x[i] * x[j];
      }
    }
    return all;
  }
}
