package io.assay.assertion.scenario;

import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One assertion in two versions of rules, over the same events.
 *
 * @param before what the old rules said; none where it was added
 * @param after what the new rules say; none where it was removed
 * @param both violations that both have
 */
public record RuleDifference(
    String assertion,
    Change change,
    Optional<BacktestReport.AssertionResult> before,
    Optional<BacktestReport.AssertionResult> after,
    long both,
    long onlyOld,
    long onlyNew) {

  /** What became of the assertion's text, as far as judging depends on it. */
  public enum Change {
    ADDED,
    REMOVED,
    /** Its judgement hash is another. */
    CHANGED,
    UNCHANGED
  }

  /** A set of rules, and what it said of the events. */
  public record Side(CheckedRules rules, BacktestReport report) {}

  /** Whether a violation is in one version only. */
  public boolean judgesDifferently() {
    return onlyOld + onlyNew > 0;
  }

  /** All assertions: those of the new rules in order of declaration, then those removed. */
  public static List<RuleDifference> of(Side old, Side now, ViolationDifference violations) {
    Map<String, String> before = hashes(old.rules());
    Map<String, String> after = hashes(now.rules());
    Set<String> names = new LinkedHashSet<>(after.keySet());
    names.addAll(before.keySet());
    return names.stream()
        .map(
            name ->
                new RuleDifference(
                    name,
                    change(before.get(name), after.get(name)),
                    old.report().find(name).filter(result -> before.containsKey(name)),
                    now.report().find(name).filter(result -> after.containsKey(name)),
                    violations.both(name),
                    violations.onlyOld(name),
                    violations.onlyNew(name)))
        .toList();
  }

  private static Change change(@Nullable String before, @Nullable String after) {
    if (before == null) {
      return Change.ADDED;
    }
    if (after == null) {
      return Change.REMOVED;
    }
    return before.equals(after) ? Change.UNCHANGED : Change.CHANGED;
  }

  /** Judgement hashes by name; the built-in assertion's is that of all streams together. */
  private static Map<String, String> hashes(CheckedRules rules) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      hashes.put(assertion.name(), assertion.judgementHash());
    }
    for (StreamType stream : rules.streams()) {
      for (CheckedAssertion assertion : StreamJudge.of(rules, stream, "").assertions()) {
        if (assertion.name().equals(BacktestVerdicts.SCHEMA)) {
          hashes.merge(BacktestVerdicts.SCHEMA, assertion.judgementHash(), String::concat);
        }
      }
    }
    return hashes;
  }
}
