package io.assay.assertion.eval;

import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What assertions see of an event that look at the same elements, under the same condition, and
 * recognise them by the same expression: worked out once, for the first that asks.
 */
final class Look {
  private final Scope scope;
  private final Recognition recognition;

  private @Nullable Past seen;
  private Candidates candidates = new Candidates(List.of());
  private @Nullable String[] open = new String[0];
  private @Nullable String missing;
  private boolean anyOpen;

  private Look(Scope scope, Recognition recognition) {
    this.scope = scope;
    this.recognition = recognition;
  }

  /** The looks of the assertions of one judge. */
  static final class Shared {
    private final List<Look> all = new ArrayList<>();

    Look of(Scope scope, Recognition recognition) {
      if (scope.assertion.lets().isEmpty()) {
        for (Look known : all) {
          if (known.isThatOf(scope.assertion)) {
            return known;
          }
        }
      }
      Look look = new Look(scope, recognition);
      all.add(look);
      return look;
    }
  }

  private boolean isThatOf(CheckedAssertion other) {
    CheckedAssertion own = scope.assertion;
    return own.lets().isEmpty()
        && SameTerms.are(own.event(), other.event())
        && SameTerms.are(own.each(), other.each())
        && (own.each().isPresent() || SameTerms.are(own.where(), other.where()))
        && SameTerms.are(expression(own.identity()), expression(other.identity()));
  }

  /** What elements are recognised by; how well they must fit is each assertion's own. */
  private static Optional<Object> expression(Optional<Identity> identity) {
    return identity.map(
        by ->
            switch (by) {
              case Identity.ByValue value -> value;
              case Identity.ByOverlap overlap -> overlap.area();
            });
  }

  @SuppressWarnings("ReferenceEquality") // another event with the same fields is another one
  void at(Moment moment) {
    if (moment.now() != seen) {
      look(moment);
    }
  }

  private void look(Moment moment) {
    seen = null;
    missing = null;
    anyOpen = false;
    scope.event(moment.row());
    List<?> elements = List.of();
    try {
      elements = scope.elements(moment.row());
    } catch (NoValue e) {
      missing = e.reason();
    }
    candidates = new Candidates(elements);
    open = new String[elements.size()];
    for (int i = 0; i < elements.size(); i++) {
      scope.element(elements.get(i));
      look(i);
    }
    seen = moment.now();
  }

  private void look(int i) {
    switch (scope.passes()) {
      case NO -> {}
      case YES -> {
        Object mark = recognition.mark(scope.frame);
        candidates.pass(i, mark);
        if (mark == null) {
          open(i, "an element has no identity");
        }
      }
      case UNKNOWN -> {
        candidates.doubt(i, recognition.mark(scope.frame));
        open(i, scope.unknown());
      }
    }
  }

  private void open(int i, String why) {
    open[i] = why;
    anyOpen = true;
  }

  /** Why the event tells nothing; null where it does. */
  @Nullable String missing() {
    return missing;
  }

  void tellOpen(String assertion, Moment moment) {
    if (anyOpen) {
      for (String why : open) {
        if (why != null) {
          moment.undecided(assertion, "", why);
        }
      }
    }
  }

  Candidates candidates() {
    return candidates.again();
  }
}
