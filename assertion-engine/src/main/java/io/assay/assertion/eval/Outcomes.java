package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the assertions that others wait for ({@code when}) said of the event being judged. */
final class Outcomes implements Verdicts {
  /** Of one event, all its elements together. */
  enum Outcome {
    HELD,
    UNDECIDED,
    VIOLATED
  }

  private final Set<String> watched = new HashSet<>();
  private final Map<String, Outcome> said = new HashMap<>();
  private @Nullable Verdicts out;

  /** {@code all}: those that may wait for others. */
  Outcomes(Collection<CheckedAssertion> all) {
    all.forEach(
        assertion ->
            assertion.context().trigger().map(Context.Trigger::assertion).ifPresent(watched::add));
  }

  static Set<String> names(Collection<CheckedAssertion> all) {
    Set<String> names = new HashSet<>();
    all.forEach(assertion -> names.add(assertion.name()));
    return names;
  }

  /** In an order in which none comes before the one that it waits for; else as they stand. */
  static List<CheckedAssertion> inOrder(List<CheckedAssertion> all) {
    Map<String, CheckedAssertion> byName = new LinkedHashMap<>();
    all.forEach(assertion -> byName.put(assertion.name(), assertion));
    Set<CheckedAssertion> ordered = new LinkedHashSet<>();
    all.forEach(assertion -> add(assertion, byName, ordered));
    return List.copyOf(ordered);
  }

  /** A checked rule set has no circle. */
  private static void add(
      CheckedAssertion one, Map<String, CheckedAssertion> byName, Set<CheckedAssertion> ordered) {
    one.context()
        .trigger()
        .map(trigger -> byName.get(trigger.assertion()))
        .ifPresent(other -> add(other, byName, ordered));
    ordered.add(one);
  }

  /** Why an assertion cannot be judged among these: it waits for one that is not. */
  static Optional<String> missing(CheckedAssertion assertion, Set<String> judged) {
    return assertion
        .context()
        .trigger()
        .map(Context.Trigger::assertion)
        .filter(other -> !judged.contains(other))
        .map("waits for '%s', which is not judged here: is it a draft?"::formatted);
  }

  boolean nobodyWaits() {
    return watched.isEmpty();
  }

  Set<String> watched() {
    return watched;
  }

  /** Another event is judged. */
  void begin(Verdicts to) {
    out = to;
    said.clear();
  }

  /** An assertion in error says nothing of any event. */
  void failed(String assertion) {
    say(assertion, Outcome.UNDECIDED);
  }

  Outcome of(String assertion) {
    return said.getOrDefault(assertion, Outcome.HELD);
  }

  private void say(String assertion, Outcome outcome) {
    if (watched.contains(assertion)) {
      said.merge(assertion, outcome, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }

  private Verdicts out() {
    return Objects.requireNonNull(out, "nobody listens");
  }

  @Override
  public void violation(Violation violation) {
    say(violation.assertion(), Outcome.VIOLATED);
    out().violation(violation);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    out().count(assertion, expectation, tally, minute, by);
  }

  @Override
  public void count(
      String assertion, String expectation, Tally tally, long minute, long by, int slices) {
    out().count(assertion, expectation, tally, minute, by, slices);
  }

  @Override
  public void silent(Violation violation, long received) {
    out().silent(violation, received);
  }

  @Override
  public void speaks(String assertion, String key, long at) {
    out().speaks(assertion, key, at);
  }

  @Override
  public void undecided(String assertion, String expectation, long at, String reason) {
    say(assertion, Outcome.UNDECIDED);
    out().undecided(assertion, expectation, at, reason);
  }

  @Override
  public void late(Event event, LateReason reason) {
    out().late(event, reason);
  }

  @Override
  public void duplicate(Event event) {
    out().duplicate(event);
  }

  @Override
  public void error(String assertion, String message) {
    say(assertion, Outcome.UNDECIDED);
    out().error(assertion, message);
  }
}
