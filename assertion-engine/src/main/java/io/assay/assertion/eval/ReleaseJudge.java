package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Context.Measure;
import io.assay.assertion.rule.ir.Context.Measured;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges releases of embeddings: one assertion, pair by pair. Whoever measures says how two
 * releases differ; a measure that is missing leaves the lines that read it undecided.
 *
 * <p>One thread at a time.
 */
public final class ReleaseJudge {
  private final String project;
  private final Scope scope;
  private final Context.Releases releases;
  private final List<String> models;
  private final List<Line> lines = new ArrayList<>();

  private record Line(String name, BoolTerm condition, Evidence evidence, Unmet unmet) {}

  /** Of embeddings that no model is said to read. */
  public ReleaseJudge(CheckedAssertion assertion, String project) {
    this(assertion, project, List.of());
  }

  /**
   * @param assertion one that compares releases
   * @param models that read the embeddings, and so may break
   */
  public ReleaseJudge(CheckedAssertion assertion, String project, List<Model> models) {
    this.project = project;
    this.models = models.stream().map(Model::name).toList();
    this.releases =
        assertion
            .context()
            .releases()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' compares no releases".formatted(assertion.name())));
    this.scope = new Scope(assertion);
    if (assertion.kind() instanceof Kind.Expect expect) {
      int number = 0;
      for (Kind.Expectation line : expect.expectations()) {
        number++;
        lines.add(
            new Line(
                line.name().orElse(Integer.toString(number)),
                scope.terms.bool(line.condition()),
                scope.evidence(line.condition()),
                new Unmet(scope, line.name(), line.condition())));
      }
    }
  }

  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  /** The name of the release that all are held against; empty for the one accepted last. */
  public Optional<String> pinned() {
    return releases.pinned();
  }

  /** Tells verdicts, counts and violations of a pair, line by line. */
  public void judge(ReleasePair pair, Verdicts out) {
    if (pair.coverage() < releases.leastShared()) {
      undecided(
          pair.at(),
          "needs at least %s of items in both, got %s"
              .formatted(percent(releases.leastShared()), percent(pair.coverage())),
          out);
      return;
    }
    seen(pair.at(), out);
    List<Line> unsure = unsure(pair);
    bind(pair, 0, 0);
    for (Line line : lines) {
      if (unsure.contains(line)) {
        undecided(line, pair.at(), rounded(pair), out);
      } else {
        judge(line, pair, out);
      }
    }
  }

  private static String rounded(ReleasePair pair) {
    return String.format(
        Locale.ROOT,
        "rounding may have moved eis and overlap by %.3g, across what is expected",
        pair.error());
  }

  /** Lines that could come to something else with values as far away as rounding may have moved. */
  private List<Line> unsure(ReleasePair pair) {
    if (!(pair.error() > 0)) {
      return List.of();
    }
    List<List<Boolean>> answers = new ArrayList<>();
    for (int eis = -1; eis <= 1; eis++) {
      for (int overlap = -1; overlap <= 1; overlap++) {
        bind(pair, eis * pair.error(), overlap * pair.error());
        answers.add(lines.stream().map(this::holds).toList());
      }
    }
    return IntStream.range(0, lines.size())
        .filter(line -> answers.stream().map(answer -> answer.get(line)).distinct().count() > 1)
        .mapToObj(lines::get)
        .toList();
  }

  /** Without a value it is undecided anyway. */
  private boolean holds(Line line) {
    try {
      return line.condition().test(scope.frame);
    } catch (NoValue none) {
      return false;
    }
  }

  /** Nothing is known of a pair. */
  public void undecided(long at, String reason, Verdicts out) {
    seen(at, out);
    lines.forEach(line -> undecided(line, at, reason, out));
  }

  /** A pair is one unit, however many lines look at it. */
  private void seen(long at, Verdicts out) {
    long minute = Moment.minute(at);
    out.count(scope.assertion.name(), "", Tally.SEEN, minute, 1);
    out.count(scope.assertion.name(), "", Tally.PASSED, minute, 1);
  }

  private void bind(ReleasePair pair, double eis, double overlap) {
    scope.frame.clear(scope.assertion.event());
    for (Measured measured : releases.measures()) {
      Object value = value(measured.measure(), pair, eis, overlap);
      if (value == null) {
        scope.frame.clear(measured.local());
      } else {
        scope.bind(measured.local(), value);
      }
    }
    scope.evaluateLets();
  }

  private static @Nullable Object value(
      Measure measure, ReleasePair pair, double eis, double overlap) {
    return switch (measure) {
      case Measure.Eis ignored -> pair.eis().isPresent() ? pair.eis().getAsDouble() + eis : null;
      case Measure.Neighbours(long count) -> pair.neighbours().get(count);
      case Measure.Displacement ignored ->
          pair.displacement().isPresent() ? pair.displacement().getAsDouble() : null;
      case Measure.Pip ignored -> pair.pip();
      case Measure.Overlap ignored -> pair.overlap() + overlap;
      case Measure.Coverage ignored -> pair.coverage();
      case Measure.Moved ignored -> pair.moved();
    };
  }

  private void judge(Line line, ReleasePair pair, Verdicts out) {
    try {
      boolean holds = line.condition().test(scope.frame);
      double severity = holds ? 0 : scope.severity();
      if (severity > 0) {
        out.violation(violation(line, pair, severity));
      }
      count(line, Tally.JUDGED, pair.at(), out);
      count(line, severity > 0 ? Tally.VIOLATED : Tally.HELD, pair.at(), out);
    } catch (NoValue e) {
      undecided(line, pair.at(), e.reason(), out);
    }
  }

  private void undecided(Line line, long at, String reason, Verdicts out) {
    count(line, Tally.UNDECIDED, at, out);
    out.undecided(scope.assertion.name(), line.name(), at, reason);
  }

  private void count(Line line, Tally tally, long at, Verdicts out) {
    out.count(scope.assertion.name(), line.name(), tally, Moment.minute(at), 1);
  }

  private Violation violation(Line line, ReleasePair pair, double severity) {
    CheckedAssertion assertion = scope.assertion;
    String subject = "%s against %s".formatted(pair.newer(), pair.older());
    String id =
        Hashes.of(
            project,
            assertion.judgementHash(),
            line.name(),
            pair.newer(),
            pair.older(),
            "releases");
    Violation violation =
        new Violation(
            id,
            project,
            assertion.name(),
            assertion.judgementHash(),
            line.name(),
            assertion.on().name(),
            pair.newer(),
            subject,
            "release " + pair.newer(),
            pair.at(),
            pair.at(),
            pair.at(),
            "",
            severity,
            assertion.level(),
            assertion.mode(),
            scope.sentence(
                () ->
                    line.unmet()
                        .sentence(
                            "the release %s against %s".formatted(pair.newer(), pair.older()))),
            values(line, pair),
            List.of(),
            List.of(),
            Optional.of(pair.newer()),
            id,
            List.of(),
            false);
    return ViolationJson.write(violation).length <= Violation.MOST_BYTES
        ? violation
        : violation.withoutEvidence();
  }

  /** What the condition is made of, then the pair. */
  private List<Violation.Value> values(Line line, ReleasePair pair) {
    List<Violation.Value> values = new ArrayList<>(line.evidence().values(scope.frame));
    values.add(new Violation.Value("release", JsonValues.quote(pair.newer()), false));
    values.add(new Violation.Value("against", JsonValues.quote(pair.older()), false));
    values.add(new Violation.Value("items", Long.toString(pair.items()), false));
    if (!models.isEmpty()) {
      String names = models.stream().map(JsonValues::quote).collect(Collectors.joining(","));
      values.add(new Violation.Value("read by", "[" + names + "]", false));
    }
    Set<String> told = new HashSet<>();
    return values.stream().filter(value -> told.add(value.expression())).toList();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
