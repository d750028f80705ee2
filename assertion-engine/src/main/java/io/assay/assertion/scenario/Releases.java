package io.assay.assertion.scenario;

import io.assay.assertion.Mode;
import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.ReleaseJudge;
import io.assay.assertion.eval.ReleasePair;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Plays rows of embeddings: a release closes by its marker, or when 99 % of the items of the one
 * that it is held against have come and another begins, or when the rows end; then it is judged,
 * and where no active assertion speaks against it, the next is held against it. Where none is
 * active, as while rules are written, those that there are decide.
 */
final class Releases {
  private static final double COMPLETE = 0.99;

  private final List<ReleaseJudge> judges;
  private final ReleaseMeasures measures;
  private final Set<Long> neighbours = new TreeSet<>();
  private final Set<String> pins = new HashSet<>();
  private final Map<String, Release> releases = new LinkedHashMap<>();
  private Optional<Release> previous = Optional.empty();
  private Optional<String> current = Optional.empty();
  private long late;

  private static final class Release {
    private final String name;
    private final Map<String, double[]> vectors = new LinkedHashMap<>();
    private boolean isClosed;
    private long at;

    /** Items that are in the one that it is counted against, too. */
    private long shared;

    private Optional<Release> countedAgainst = Optional.empty();

    Release(String name) {
      this.name = name;
    }
  }

  Releases(CheckedRules rules, Embeddings embeddings, String project, ReleaseMeasures measures) {
    this.judges =
        judged(rules, embeddings)
            .map(one -> new ReleaseJudge(one, project, rules.readers(embeddings.name())))
            .toList();
    this.measures = measures;
    for (ReleaseJudge judge : judges) {
      judge.pinned().ifPresent(pins::add);
      judge.assertion().context().releases().orElseThrow().measures().stream()
          .map(Context.Measured::measure)
          .forEach(
              measure -> {
                if (measure instanceof Context.Measure.Neighbours(long count)) {
                  neighbours.add(count);
                }
              });
    }
  }

  /** Whether rules compare releases of these. */
  static boolean areJudged(CheckedRules rules, Embeddings embeddings) {
    return judged(rules, embeddings).findAny().isPresent();
  }

  private static Stream<CheckedAssertion> judged(CheckedRules rules, Embeddings embeddings) {
    return rules.assertions().stream()
        .filter(
            one ->
                one.context()
                    .releases()
                    .filter(of -> of.embeddings().name().equals(embeddings.name()))
                    .isPresent());
  }

  /** Rows of releases that had closed. */
  long late() {
    return late;
  }

  void take(ReleaseRow.Item row, Verdicts out) {
    boolean isOther = !current.equals(Optional.of(row.release()));
    if (isOther) {
      current.map(releases::get).filter(this::isComplete).ifPresent(one -> close(one, out));
      current = Optional.of(row.release());
    }
    Release release = releases.computeIfAbsent(row.release(), Release::new);
    if (release.isClosed) {
      late++;
      return;
    }
    boolean isNew = release.vectors.put(row.item(), row.vector().values()) == null;
    if (isNew
        && release
            .countedAgainst
            .filter(base -> base.vectors.containsKey(row.item()))
            .isPresent()) {
      release.shared++;
    }
    release.at = Math.max(release.at, row.at());
  }

  void take(ReleaseRow.Closed row, Verdicts out) {
    Release release = releases.computeIfAbsent(row.release(), Release::new);
    if (release.isClosed) {
      return;
    }
    if (previous.isEmpty()) {
      List.copyOf(releases.values()).stream()
          .takeWhile(earlier -> earlier != release)
          .filter(earlier -> !earlier.isClosed)
          .forEach(earlier -> close(earlier, out));
    }
    close(release, out);
  }

  /** No more rows come: what is open closes, in the order in which it began. */
  void finish(Verdicts out) {
    List.copyOf(releases.values()).stream()
        .filter(release -> !release.isClosed)
        .forEach(release -> close(release, out));
  }

  /** The first of all may have rows among those of the next: it closes before the next does. */
  private boolean isComplete(Release release) {
    return !release.isClosed
        && previous
            .map(base -> counted(base, release) >= COMPLETE * base.vectors.size())
            .orElse(false);
  }

  /** Counted once for each base, and then row by row: releases may alternate. */
  private static long counted(Release base, Release release) {
    if (!release.countedAgainst.equals(Optional.of(base))) {
      release.countedAgainst = Optional.of(base);
      release.shared = shared(base, release);
    }
    return release.shared;
  }

  private static long shared(Release base, Release release) {
    return release.vectors.keySet().stream().filter(base.vectors::containsKey).count();
  }

  private void close(Release release, Verdicts out) {
    release.isClosed = true;
    var heard = new Heard(out);
    boolean anyDecides = judges.stream().anyMatch(judge -> judge.assertion().mode() == Mode.ACTIVE);
    Map<String, ReleaseMeasures.Answer> answers = new HashMap<>();
    for (ReleaseJudge judge : judges) {
      heard.counts = !anyDecides || judge.assertion().mode() == Mode.ACTIVE;
      Optional<Release> base = judge.pinned().map(releases::get).or(() -> held(judge));
      if (base.isPresent() && base.get() != release && base.get().isClosed) {
        Release against = base.get();
        judge(
            judge,
            against,
            release,
            answers.computeIfAbsent(against.name, b -> measure(against, release)),
            heard);
      } else if (judge.pinned().isPresent() && !judge.pinned().get().equals(release.name)) {
        String why = "the release '%s' is not there".formatted(judge.pinned().get());
        judge.undecided(release.at, why, heard);
      }
    }
    if (previous.isEmpty() || heard.objections == 0) {
      previous = Optional.of(release);
    }
    forget();
  }

  private static void judge(
      ReleaseJudge judge,
      Release base,
      Release release,
      ReleaseMeasures.Answer answer,
      Verdicts out) {
    switch (answer) {
      case ReleaseMeasures.Unmeasured(var why) -> judge.undecided(release.at, why, out);
      case ReleaseMeasures.Measures of -> {
        long shared = shared(base, release);
        double all = base.vectors.size() + release.vectors.size() - shared;
        judge.judge(
            new ReleasePair(
                base.name,
                release.name,
                release.at,
                shared,
                shared / all,
                of.eis(),
                of.neighbours(),
                of.displacement(),
                of.pip(),
                of.overlap(),
                of.error(),
                of.moved()),
            out);
      }
    }
  }

  private Optional<Release> held(ReleaseJudge judge) {
    return judge.pinned().isPresent() ? Optional.empty() : previous;
  }

  /** Vectors of closed releases that nothing will be held against. */
  private void forget() {
    for (Release release : releases.values()) {
      boolean isNeeded =
          !release.isClosed || pins.contains(release.name) || previous.equals(Optional.of(release));
      if (!isNeeded) {
        release.vectors.clear();
      }
    }
  }

  private ReleaseMeasures.Answer measure(Release base, Release release) {
    return shared(base, release) == 0
        ? new ReleaseMeasures.Unmeasured("the two releases have no item in common")
        : measures.measure(base.vectors, release.vectors, neighbours);
  }

  /** Passes on what is found, and counts what speaks against a release. */
  private static final class Heard implements Verdicts {
    private final Verdicts out;
    private boolean counts;
    private int objections;

    Heard(Verdicts out) {
      this.out = out;
    }

    @Override
    public void violation(Violation violation) {
      objections += counts ? 1 : 0;
      out.violation(violation);
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      objections += counts && tally == Tally.UNDECIDED ? 1 : 0;
      out.count(assertion, expectation, tally, minute, by);
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      out.undecided(assertion, expectation, at, reason);
    }

    @Override
    public void late(Event event, LateReason reason) {
      out.late(event, reason);
    }

    @Override
    public void duplicate(Event event) {
      out.duplicate(event);
    }

    @Override
    public void error(String assertion, String message) {
      out.error(assertion, message);
    }
  }
}
