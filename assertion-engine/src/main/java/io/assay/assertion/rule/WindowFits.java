package io.assay.assertion.rule;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.rule.ir.Windowing.Segment;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what does not go with windows, or not with those of a line: nothing could come of it. */
final class WindowFits {
  /** That {@code baseline(last 7d)} may have of minutes. */
  private static final long MOST_PARTS = 10_080;

  private final ClauseList clauses;
  private final ExpressionChecker expressions;

  WindowFits(ClauseList clauses, ExpressionChecker expressions) {
    this.clauses = clauses;
    this.expressions = expressions;
  }

  /** A window gathers the events of one stream, each whatever others say of it. */
  void clauses() {
    clauses
        .first(Clause.Join.class)
        .ifPresent(
            join ->
                conflict(
                    join.span(),
                    "a window gathers the events of one stream, and 'join' makes pairs of them",
                    "judge the pairs one by one, and how many are violated by:"
                        + " alert when rate > 5%"));
    clauses
        .first(Clause.When.class)
        .ifPresent(
            when ->
                conflict(
                    when.span(),
                    "a window gathers events, and 'when' asks what is said of each of them",
                    "write which events it gathers: where …"));
  }

  void line(Clause.Expect line, Window window, Term condition, Lines lines) {
    String word = word(window).orElse("");
    if (word.isEmpty()) {
      parts(line, window, lines.used(condition));
      return;
    }
    @Nullable Name across = line.across();
    if (across != null) {
      conflict(
          across.span(),
          "'across' compares segments whose windows end together; those of '%s' do not"
              .formatted(word),
          "as in: window tumbling 1h, window hopping 5min every 1min");
    }
    needsTime(lines.used(condition))
        .ifPresent(
            baseline ->
                conflict(
                    line.condition().span(),
                    "'%s' is held against windows before it, and those of '%s' begin anywhere"
                        .formatted(baseline, word),
                    "take tumbling or hopping windows, or events that stay:"
                        + " baseline(\"may.jsonl\")"));
  }

  /** A line across segments has no segment, so that what is of one has no value where it stands. */
  void severity(Term severity, Lines lines, List<Segment> segments) {
    boolean ofOne =
        !lines.used(severity).isEmpty()
            || Subterms.reads(severity)
                .anyMatch(local -> segments.stream().anyMatch(s -> s.local().equals(local)));
    Optional<Name> across =
        clauses.expectations().stream()
            .flatMap(line -> Optional.ofNullable(line.across()).stream())
            .findFirst();
    if (ofOne && across.isPresent()) {
      conflict(
          severity.span(),
          "the severity is of one segment, and 'across %s' compares all: the line would never be"
                  .formatted(across.get().text())
              + " violated",
          "write a constant or count, and what is of one segment in an assertion of its own");
    }
  }

  /** A baseline is counted in parts that windows are made of as well. */
  private void parts(Clause.Expect line, Window window, List<Statistic> used) {
    long whole =
        switch (window) {
          case Window.Tumbling w -> w.nanos();
          case Window.Hopping w -> gcd(w.nanos(), w.everyNanos());
          case Window.Session ignored -> 0;
          case Window.Last ignored -> 0;
        };
    long part = whole;
    long longest = 0;
    for (Statistic statistic : used) {
      if (statistic.baseline().orElse(null) instanceof Baseline.Last last) {
        part = gcd(part, last.nanos());
        longest = Math.max(longest, last.nanos());
      }
    }
    if (part < whole && longest / part > MOST_PARTS) {
      conflict(
          line.condition().span(),
          "windows and baseline are counted in parts of %s: the baseline has %d, and may have %d"
              .formatted(Durations.print(part), longest / part, MOST_PARTS),
          "let the baseline be a multiple of " + Durations.print(whole));
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Of windows that begin with an event; empty for those that the clock begins. */
  private static Optional<String> word(Window window) {
    return switch (window) {
      case Window.Tumbling ignored -> Optional.empty();
      case Window.Hopping ignored -> Optional.empty();
      case Window.Session ignored -> Optional.of("session");
      case Window.Last ignored -> Optional.of("last");
    };
  }

  private static Optional<String> needsTime(List<Statistic> statistics) {
    return statistics.stream()
        .flatMap(statistic -> statistic.baseline().stream())
        .flatMap(
            baseline ->
                switch (baseline) {
                  case Baseline.Last ignored -> Optional.of("baseline(last …)").stream();
                  case Baseline.Version ignored -> Optional.of("baseline(version(…))").stream();
                  case Baseline.Pinned ignored -> Optional.<String>empty().stream();
                  case Baseline.File ignored -> Optional.<String>empty().stream();
                })
        .findFirst();
  }

  private void conflict(Span span, String message, String suggestion) {
    expressions.error(IssueCode.CONFLICTING_CLAUSES, span, message, Optional.of(suggestion));
  }

  /** What lines of an assertion may be made of. */
  record Lines(List<Statistic> statistics, List<Let> lets) {
    /** Those that a condition reads, itself or by a {@code let}. */
    List<Statistic> used(Term condition) {
      Set<Integer> read = new HashSet<>();
      read(condition, read);
      return statistics.stream().filter(s -> read.contains(s.local().index())).toList();
    }

    private void read(Term term, Set<Integer> read) {
      for (Local local : Subterms.reads(term).toList()) {
        if (read.add(local.index())) {
          lets.stream()
              .filter(let -> let.local().index() == local.index())
              .forEach(let -> read(let.term(), read));
        }
      }
    }
  }
}
