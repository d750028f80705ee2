package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An assertion, and whether it judges.
 *
 * @param why it does not judge as it should; empty where all is well
 */
record AssertionRow(
    String name, String title, String stream, State state, String why, String file, int line) {

  /** What it does at the moment. */
  enum State {
    ACTIVE,
    SHADOW,
    DRAFT,
    /** Left out by some task, because it took too much. */
    SUSPENDED,
    /** It failed for some key. */
    ERROR;

    public boolean isWell() {
      return this != SUSPENDED && this != ERROR;
    }
  }

  /**
   * In the order of the files, those that do not judge before the others.
   *
   * @param uses what the tasks have told that judge by these rules
   */
  static List<AssertionRow> of(CheckedRules rules, List<RuleUse> uses) {
    Map<String, String> suspended = new HashMap<>();
    Map<String, String> errors = new HashMap<>();
    for (RuleUse use : uses) {
      suspended.putAll(use.suspended());
      errors.putAll(use.errors());
    }
    List<AssertionRow> ill = new ArrayList<>();
    List<AssertionRow> well = new ArrayList<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      State state = state(assertion, suspended, errors);
      String why =
          switch (state) {
            case SUSPENDED -> suspended.getOrDefault(assertion.name(), "");
            case ERROR -> errors.getOrDefault(assertion.name(), "");
            case ACTIVE, SHADOW, DRAFT -> "";
          };
      (state.isWell() ? well : ill).add(row(assertion, state, why));
    }
    ill.addAll(well);
    return ill;
  }

  private static State state(
      CheckedAssertion assertion, Map<String, String> suspended, Map<String, String> errors) {
    if (assertion.mode() == Mode.DRAFT) {
      return State.DRAFT;
    }
    if (suspended.containsKey(assertion.name())) {
      return State.SUSPENDED;
    }
    if (errors.containsKey(assertion.name())) {
      return State.ERROR;
    }
    return assertion.mode() == Mode.SHADOW ? State.SHADOW : State.ACTIVE;
  }

  private static AssertionRow row(CheckedAssertion assertion, State state, String why) {
    return new AssertionRow(
        assertion.name(),
        assertion.title().orElse(""),
        assertion.on().name(),
        state,
        why,
        assertion.span().source(),
        assertion.span().line());
  }

  boolean fits(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || String.join(" ", name, title, stream, file, state.name())
            .toLowerCase(Locale.ROOT)
            .contains(wanted);
  }
}
