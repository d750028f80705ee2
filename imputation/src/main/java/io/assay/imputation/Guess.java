package io.assay.imputation;

import java.util.List;
import java.util.Map;

/** What an imputer says of a missing cell, and how sure it is. */
public sealed interface Guess {
  /** From 0. */
  int row();

  Column column();

  /**
   * Of a category the probability that it is right; of numbers, that all are within half a
   * deviation. As held-back cells have it.
   */
  double confidence();

  /** Whether it would rather not have said: its confidence is below what was asked for. */
  boolean abstains();

  /** How much each column that was there was looked at, together 1; empty of what does not look. */
  Map<String, Double> attention();

  /** The cells' texts, in the order of the column's columns. */
  List<String> texts();

  /**
   * One of the known values.
   *
   * @param candidates the most probable, itself first
   */
  record OfCategory(
      int row,
      Column column,
      List<Candidate> candidates,
      boolean abstains,
      Map<String, Double> attention)
      implements Guess {
    public OfCategory {
      candidates = List.copyOf(candidates);
    }

    @Override
    public double confidence() {
      return candidates.get(0).probability();
    }

    @Override
    public List<String> texts() {
      return List.of(candidates.get(0).value());
    }
  }

  /** A value and its probability. */
  record Candidate(String value, double probability) {}

  /** One number, or the numbers of a group. */
  record OfNumbers(
      int row,
      Column column,
      List<Estimate> estimates,
      double confidence,
      boolean abstains,
      Map<String, Double> attention)
      implements Guess {
    public OfNumbers {
      estimates = List.copyOf(estimates);
    }

    @Override
    public List<String> texts() {
      return estimates.stream().map(Estimate::text).toList();
    }
  }

  /**
   * A number with an interval that holds the true one four times of five.
   *
   * @param text with as many decimals as the column has
   */
  record Estimate(double value, double low, double high, String text) {}
}
