package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertLedger;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One assertion with each of several thresholds, over the same events in one pass: its versions
 * stand side by side in one rule set, each under a name of its own. What is found, and of whom
 * people would be told, is for each what a backtest of that version alone says.
 *
 * <p>Versions that judge alike, since only an alert differs, are judged once.
 */
public final class ThresholdSweep {
  private final String assertion;
  private final CheckedRules side;

  /** The version's assertions in {@link #side}, the wanted one last. */
  private final List<List<CheckedAssertion>> versions = new ArrayList<>();

  /** Which versions an assertion of {@link #side} stands for. */
  private final Map<String, List<Integer>> judges = new LinkedHashMap<>();

  private long[] episodes = {};

  /** Hears what is found while it runs. */
  public interface Listener {
    /**
     * A version found a violation.
     *
     * @param version its place in the list, from 0
     * @param violation under a name that is not the assertion's
     * @param mark the same for all versions that find it, and that of the assertion itself
     */
    void violation(int version, Violation violation, ViolationMark mark);

    /** Called now and then; throws to stop it. */
    void progress(long events);
  }

  /**
   * What came of one version.
   *
   * @param episodes that its violations opened
   * @param alerts what people would have been told of this assertion, had it been active
   */
  public record OfVersion(AssertionResult result, long episodes, AlertRehearsal.Told alerts) {}

  /**
   * What came of all.
   *
   * @param versions in the order in which they were given
   */
  public record Outcome(List<OfVersion> versions, long events, long unreadable) {
    public Outcome {
      versions = List.copyOf(versions);
    }
  }

  /**
   * Prepares it.
   *
   * @param versions whole rule sets with the same streams, one for each threshold
   * @throws IllegalArgumentException if there is none, if one of them does not have the assertion
   *     as one that is judged, or if they read their streams in different ways
   */
  public ThresholdSweep(List<CheckedRules> versions, String assertion) {
    this.assertion = assertion;
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs a version of the rules, got none");
    }
    CheckedRules first = versions.getFirst();
    Map<String, String> known = new HashMap<>();
    List<CheckedAssertion> all = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      CheckedRules rules = versions.get(i);
      if (!rules.streams().equals(first.streams())) {
        throw new IllegalArgumentException(
            "the threshold of '%s' is also a part of how a stream is read, and cannot be moved alone"
                .formatted(assertion));
      }
      add(i, chain(rules), known, all);
    }
    this.side =
        new CheckedRules(
            first.streams(), all, List.of(), List.of(), first.declared(), first.documentHash());
  }

  /** The assertions that it waits for, the first of all first, and itself last. */
  private List<CheckedAssertion> chain(CheckedRules rules) {
    List<CheckedAssertion> chain = new ArrayList<>();
    Optional<String> next = Optional.of(assertion);
    while (next.isPresent()) {
      String name = next.get();
      CheckedAssertion one =
          rules.assertions().stream()
              .filter(any -> any.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the rules judge no assertion '%s' over events".formatted(name)));
      chain.addFirst(one);
      next = one.context().trigger().map(Context.Trigger::assertion);
    }
    return chain;
  }

  /** What judges as one before is not judged again; what it waits for may be shared as well. */
  private void add(
      int version,
      List<CheckedAssertion> chain,
      Map<String, String> known,
      List<CheckedAssertion> all) {
    List<CheckedAssertion> own = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    StringBuilder judgement = new StringBuilder();
    for (CheckedAssertion one : chain) {
      judgement.append(one.judgementHash()).append('/');
      String name = known.getOrDefault(judgement.toString(), one.name() + '~' + version);
      CheckedAssertion renamed = one.named(name, retold(one.context(), names));
      if (known.putIfAbsent(judgement.toString(), name) == null) {
        all.add(renamed);
      }
      names.put(one.name(), name);
      own.add(renamed);
    }
    judges.computeIfAbsent(own.getLast().name(), name -> new ArrayList<>()).add(version);
    versions.add(own);
  }

  private static Context retold(Context context, Map<String, String> names) {
    return new Context(
        context.join(),
        context.windowing(),
        context.versions(),
        context.releases(),
        context
            .trigger()
            .map(
                one ->
                    new Context.Trigger(
                        names.getOrDefault(one.assertion(), one.assertion()), one.judgementHash())),
        context.truths());
  }

  /** What is judged: its streams are those of which recordings are needed. */
  public CheckedRules rules() {
    return side;
  }

  /** How many assertions are judged in the pass, those of triggers among them. */
  public int judged() {
    return side.assertions().size();
  }

  /**
   * Plays all recordings once.
   *
   * @throws java.io.UncheckedIOException if a recording cannot be read
   */
  public Outcome run(String project, List<Recording> recordings, Extent extent, Listener listener) {
    episodes = new long[versions.size()];
    Backtest.Counted counted =
        Backtest.count(side, project, recordings, extent, new Told(listener));
    List<OfVersion> found = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      CheckedAssertion own = versions.get(i).getLast();
      AssertionResult result = counted.report().find(own.name()).orElseThrow();
      found.add(new OfVersion(result, episodes[i], alerts(own, counted.ledger())));
    }
    return new Outcome(found, counted.report().events(), counted.report().unreadable());
  }

  /** The assertion alone: what others send is no matter of its threshold. */
  private AlertRehearsal.Told alerts(CheckedAssertion own, AlertLedger ledger) {
    var alone =
        new CheckedRules(
            side.streams(),
            List.of(own),
            List.of(),
            List.of(),
            side.declared(),
            side.documentHash());
    return AlertRehearsal.run(alone, ledger);
  }

  /** Sorts violations by version. */
  private final class Told implements Backtest.Listener {
    private final Listener listener;

    Told(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void violation(Violation violation) {
      List<Integer> found = judges.getOrDefault(violation.assertion(), List.of());
      if (!found.isEmpty()) {
        ViolationMark mark = ViolationMark.of(assertion, violation);
        for (int version : found) {
          if (violation.episode().equals(violation.id())) {
            episodes[version]++;
          }
          listener.violation(version, violation, mark);
        }
      }
    }

    @Override
    public void unreadable(String place, String cause, String detail) {}

    @Override
    public void progress(long events) {
      listener.progress(events);
    }
  }
}
