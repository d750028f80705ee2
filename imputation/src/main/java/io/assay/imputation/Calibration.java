package io.assay.imputation;

import java.util.List;

/**
 * What held-back cells say of how sure answers are.
 *
 * @param temperatures of each attribute; 1 of numbers
 * @param residuals of each attribute, how far held-back answers were from what was true; without
 *     cells of categories
 */
record Calibration(List<Double> temperatures, List<Residuals> residuals) {
  Calibration {
    temperatures = List.copyOf(temperatures);
    residuals = List.copyOf(residuals);
  }

  double temperature(int attribute) {
    return temperatures.get(attribute);
  }

  Residuals residuals(int attribute) {
    return residuals.get(attribute);
  }
}
