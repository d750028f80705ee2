package io.assay.cli;

import io.assay.imputation.Schema;
import java.util.Locale;

/** What is said of imputers, for people. */
final class ImputeText {
  private ImputeText() {}

  static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  static String reason(Schema.Reason reason) {
    return switch (reason) {
      case EMPTY -> "it has no value";
      case CONSTANT -> "it has one value only";
      case IDENTIFIER -> "nearly every row has a value of its own";
    };
  }
}
