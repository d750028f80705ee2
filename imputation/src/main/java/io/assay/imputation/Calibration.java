package io.assay.imputation;

import java.util.List;

/**
 * What held-back cells say of how sure answers are.
 *
 * @param temperatures of each attribute; 1 of numbers
 * @param distances of each attribute, held-back answers from what was true; empty of categories
 */
record Calibration(List<Double> temperatures, List<Residuals> distances) {
  Calibration {
    temperatures = List.copyOf(temperatures);
    distances = List.copyOf(distances);
  }

  double temperature(int attribute) {
    return temperatures.get(attribute);
  }

  Residuals residuals(int attribute) {
    return distances.get(attribute);
  }
}
