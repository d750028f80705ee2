package io.assay.web.labels;

import io.assay.assertion.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A flagged span and what is said of it: by a person, or, until one has looked, by the rule alone.
 *
 * @param flagged the violation with its evidence and its proposals
 * @param verdict whether the prediction was an error
 * @param decision what became of the proposed correction
 * @param edited the events as the reviewer made them, where the decision is {@code EDITED}
 * @param scope what the label speaks of
 * @param weight how far it is to be believed
 * @param reviewer who decided; empty where nobody has
 * @param decidedAt when; empty where nobody has
 */
public record LabelledSample(
    Violation flagged,
    Verdict verdict,
    Decision decision,
    List<Violation.Corrected> edited,
    LabelScope scope,
    Weight weight,
    String reviewer,
    Optional<Instant> decidedAt) {

  public LabelledSample {
    edited = List.copyOf(edited);
    if (decision == Decision.EDITED && edited.isEmpty()) {
      throw new IllegalArgumentException("an edited correction needs the events as edited");
    }
  }

  /** Whether the prediction was wrong, as a person said. */
  public enum Verdict {
    /** Nobody has looked yet. */
    NONE,
    ERROR,
    NO_ERROR,
    UNCLEAR;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What became of the rule's proposal. */
  public enum Decision {
    NONE,
    ACCEPTED,
    EDITED,
    REJECTED;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is known of the truth; a later one of two is the better known. */
  public enum Standing {
    /** Wrong, or perhaps wrong, and nobody knows what is right. */
    UNKNOWN,
    /** As the rule proposes; nobody has looked. */
    PROPOSED,
    /** The prediction was right. */
    AS_PREDICTED,
    /** A person has said what is right. */
    CORRECTED
  }

  /** Whether it is an event that was drawn at random: no rule has flagged it. */
  public boolean isDrawn() {
    return flagged.assertion().isEmpty();
  }

  /** The id of the prediction that was flagged: that of the deciding event. */
  public String prediction() {
    return flagged.decidingEvent();
  }

  public Standing standing() {
    return switch (verdict) {
      case NO_ERROR -> Standing.AS_PREDICTED;
      case UNCLEAR -> Standing.UNKNOWN;
      case ERROR ->
          switch (decision) {
            case ACCEPTED, EDITED -> Standing.CORRECTED;
            case NONE, REJECTED -> Standing.UNKNOWN;
          };
      case NONE ->
          flagged.corrections().isEmpty() || decision == Decision.REJECTED
              ? Standing.UNKNOWN
              : Standing.PROPOSED;
    };
  }

  /** The events that are not as they were predicted, as far as is known or proposed. */
  public List<Violation.Corrected> corrections() {
    if (verdict == Verdict.NO_ERROR) {
      return List.of();
    }
    return switch (decision) {
      case EDITED -> edited;
      case REJECTED -> List.of();
      case NONE, ACCEPTED -> flagged.corrections();
    };
  }
}
