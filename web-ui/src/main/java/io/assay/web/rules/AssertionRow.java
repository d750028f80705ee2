package io.assay.web.rules;

import static io.assay.web.system.CsvText.text;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An assertion, and whether it judges.
 *
 * @param owner whom to ask; empty where nobody is named
 * @param why it does not judge as it should; empty where all is well
 */
record AssertionRow(
    String name,
    String title,
    String stream,
    String owner,
    AssertionState state,
    String why,
    String file,
    int line) {
  /** Of the list for spreadsheets. */
  static final List<String> COLUMNS =
      List.of("assertion", "title", "state", "why", "stream", "owner", "file", "line");

  /**
   * In the order of the files, those that do not judge before the others.
   *
   * @param uses what the tasks have told that judge by these rules
   */
  static List<AssertionRow> of(CheckedRules rules, List<RuleUse> uses) {
    return known(rules, uses).stream().map(AssertionRow::row).toList();
  }

  /** The same, with the assertions themselves. */
  static List<KnownAssertion> known(CheckedRules rules, List<RuleUse> uses) {
    Map<String, String> suspended = new HashMap<>();
    Map<String, String> errors = new HashMap<>();
    for (RuleUse use : uses) {
      suspended.putAll(use.suspended());
      errors.putAll(use.errors());
    }
    List<KnownAssertion> ill = new ArrayList<>();
    List<KnownAssertion> well = new ArrayList<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      AssertionState state = state(assertion, suspended, errors);
      String why =
          switch (state) {
            case SUSPENDED -> suspended.getOrDefault(assertion.name(), "");
            case ERROR -> errors.getOrDefault(assertion.name(), "");
            case ACTIVE, SHADOW, DRAFT -> "";
          };
      (state.isWell() ? well : ill).add(new KnownAssertion(assertion, state, why));
    }
    ill.addAll(well);
    return ill;
  }

  private static AssertionState state(
      CheckedAssertion assertion, Map<String, String> suspended, Map<String, String> errors) {
    if (assertion.mode() == Mode.DRAFT) {
      return AssertionState.DRAFT;
    }
    if (suspended.containsKey(assertion.name())) {
      return AssertionState.SUSPENDED;
    }
    if (errors.containsKey(assertion.name())) {
      return AssertionState.ERROR;
    }
    return assertion.mode() == Mode.SHADOW ? AssertionState.SHADOW : AssertionState.ACTIVE;
  }

  /** Of each file, who is named as an owner of anything in it; files without any are left out. */
  static Map<String, String> owners(List<AssertionRow> rows) {
    Map<String, Set<String>> found = new TreeMap<>();
    rows.stream()
        .filter(row -> !row.owner().isEmpty())
        .forEach(
            row -> found.computeIfAbsent(row.file(), unused -> new TreeSet<>()).add(row.owner()));
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> String.join(", ", one.getValue())));
  }

  static AssertionRow row(KnownAssertion known) {
    CheckedAssertion assertion = known.assertion();
    return new AssertionRow(
        assertion.name(),
        assertion.title().orElse(""),
        assertion.on().name(),
        assertion.documentation().owner().orElse(""),
        known.state(),
        known.why(),
        assertion.span().source(),
        assertion.span().line());
  }

  List<String> cells() {
    return List.of(
        text(name),
        text(title),
        state.name().toLowerCase(Locale.ROOT),
        text(why),
        text(stream),
        text(owner),
        text(file),
        Integer.toString(line));
  }

  boolean fits(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || String.join(" ", name, title, stream, owner, file, state.name())
            .toLowerCase(Locale.ROOT)
            .contains(wanted);
  }
}
