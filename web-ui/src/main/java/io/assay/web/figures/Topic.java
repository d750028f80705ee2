package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord.Figure;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a page of figures is about. */
enum Topic {
  /** Values against a baseline, and how many are missing. */
  DISTRIBUTIONS,
  /** Predictions against what came true. */
  TRUTH;

  private static final Set<String> OF_TRUTH =
      Set.of("precision", "recall", "accuracy", "auc", "calibration_error");

  /** As addresses have it. */
  String text() {
    return switch (this) {
      case DISTRIBUTIONS -> "distributions";
      case TRUTH -> "truth";
    };
  }

  static Optional<Topic> of(String text) {
    return Arrays.stream(values()).filter(topic -> topic.text().equals(text)).findFirst();
  }

  boolean has(Figure figure) {
    return switch (this) {
      case DISTRIBUTIONS -> !figure.against().isEmpty() || figure.function().equals("missing");
      case TRUTH -> OF_TRUTH.contains(figure.function());
    };
  }
}
