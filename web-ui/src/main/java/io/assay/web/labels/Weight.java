package io.assay.web.labels;

import io.assay.assertion.weaklabel.Precision;
import java.util.Locale;

/**
 * How far a label is to be believed, and who says so.
 *
 * @param value 0 to 1
 */
public record Weight(double value, Source source) {
  public Weight {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a label needs a weight of 0 to 1, got " + value);
    }
  }

  /** Who says how far it is to be believed. */
  public enum Source {
    /** What a person said of this one. */
    VERDICT,
    /** People looked at others of the assertion, or of the kind of correction. */
    REVIEWS,
    /** Nobody has looked yet: the label model, from what others say of the same events. */
    ESTIMATED,
    /** Nobody. */
    NONE;

    /** As exports write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of what a person said. */
  public static Weight ofPerson() {
    return new Weight(1, Source.VERDICT);
  }

  /** Of what nobody has said anything of, a rule included. */
  static Weight ofNobody() {
    return new Weight(0, Source.NONE);
  }

  /** Of a proposal. */
  static Weight of(double value, Precision precision) {
    Source source =
        switch (precision) {
          case Precision.Reviewed ignored -> Source.REVIEWS;
          case Precision.Estimated ignored -> Source.ESTIMATED;
          case Precision.Unknown ignored -> Source.NONE;
        };
    return new Weight(value, source);
  }
}
