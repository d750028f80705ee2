package io.assay.cli;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.EpochUnit;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.UsualLearning;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Plays recorded events by rules. What was not judged is never passed over in silence: it is told
 * on standard error.
 */
final class Replay {
  private static final int SHOWN_UNREADABLE = 10;
  private static final int SHOWN_ASIDE = 3;
  private static final String RULE_SUFFIX = ".assay";

  private final PrintWriter err;
  private final String label;

  /**
   * @param label which of several recordings messages are about; empty where there is one
   */
  Replay(PrintWriter err, String label) {
    this.err = err;
    this.label = label.isEmpty() ? "assay: " : "assay: " + label + ": ";
  }

  /** {@code --events a.jsonl rules.assay}: what ends like a rule file is one. */
  static void takeRules(List<String> events, List<Path> rules) {
    events.stream().filter(e -> e.endsWith(RULE_SUFFIX)).map(Path::of).forEach(rules::add);
    events.removeIf(e -> e.endsWith(RULE_SUFFIX));
  }

  static void needsFile(String option, List<String> events, CommandLine command) {
    if (events.isEmpty()) {
      throw new ParameterException(command, option + " needs a file, got none");
    }
  }

  /**
   * @param events as the command line has them: {@code [STREAM=]FILE}
   * @param found is given every violation
   * @throws CommandFailure if a file fits no stream
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  BacktestReport run(
      CheckedRules rules, List<String> events, String project, Consumer<Violation> found) {
    try (EventFiles files = EventFiles.open(rules, events)) {
      return run(rules, files, project, Extent.ALL, found);
    }
  }

  /**
   * @param found is given every violation
   * @throws java.io.UncheckedIOException if events cannot be read
   */
  BacktestReport run(
      CheckedRules rules,
      PastEvents events,
      String project,
      Extent extent,
      Consumer<Violation> found) {
    var bar = new ProgressBar(err);
    try {
      var heard = new Heard(found, bar, events);
      BacktestReport report =
          Backtest.run(
              rules,
              project,
              events.recordings(),
              extent,
              RuleFiles::beside,
              Optional.of(new MeasuredReleases()),
              heard);
      bar.close();
      warn(report);
      return report;
    } finally {
      bar.close();
    }
  }

  /** Returns what the file of what is usual says of the events. */
  Map<String, String> learn(
      UsualLearning learning, PastEvents events, String project, Extent extent) {
    var bar = new ProgressBar(err);
    BacktestReport report;
    try {
      var heard = new Heard(violation -> {}, bar, events);
      report = learning.learn(project, events.recordings(), extent, heard);
    } finally {
      bar.close();
    }
    warn(report);
    return Map.of("events", Long.toString(report.events()));
  }

  private final class Heard implements Backtest.Listener {
    private final Consumer<Violation> found;
    private final ProgressBar bar;
    private final PastEvents past;
    private final Map<String, Integer> aside = new HashMap<>();
    private long unreadable;
    private long waiting;

    Heard(Consumer<Violation> found, ProgressBar bar, PastEvents past) {
      this.found = found;
      this.bar = bar;
      this.past = past;
    }

    @Override
    public void violation(Violation violation) {
      found.accept(violation);
    }

    @Override
    public void unreadable(String place, String cause, String detail) {
      if (++unreadable <= SHOWN_UNREADABLE) {
        bar.close();
        err.println("%s: %s: %s".formatted(place, cause, detail));
      }
    }

    /** The first of each cause singly; all are counted at the end. */
    @Override
    public void aside(Coordinates source, String why) {
      if (aside.merge(why, 1, Integer::sum) <= SHOWN_ASIDE) {
        bar.close();
        String place = past.recordings().getFirst().payloads().place(source);
        err.println("%s: %s, changes no verdict".formatted(place, why));
      }
    }

    @Override
    public void leftOut(String assertion) {
      err.println(
          "%s'%s': its windows are over several keys, and are not judged with --key"
              .formatted(label, assertion));
    }

    @Override
    public void waits(String assertion, long at, String what) {
      if (++waiting <= SHOWN_ASIDE) {
        bar.close();
        err.println(
            "%s'%s', window to %s: %s"
                .formatted(label, assertion, Instant.ofEpochSecond(0, at), what));
      }
    }

    @Override
    public void begins(Event first) {
      StructType.Field time = first.stream().time();
      EpochUnit.meant(first.at(), time.source().reading())
          .ifPresent(
              meant -> {
                bar.close();
                err.println(
                    "%sthe first event of '%s' is of %s; %s"
                        .formatted(
                            label,
                            first.stream().name(),
                            Instant.ofEpochSecond(0, first.at()),
                            meant));
              });
    }

    @Override
    public void progress(long events) {
      bar.show(past.progress(), events, System.nanoTime());
    }
  }

  private void warn(BacktestReport report) {
    warn(report.unreadable(), "could not be read", "line");
    warn(report.late(), "came too late and changed no verdict", "event");
    warn(report.future(), "came from the future and changed no verdict", "event");
    warn(report.duplicates(), "seen before and left out", "event");
    report
        .truths()
        .forEach(
            (name, fates) ->
                fates.forEach((fate, count) -> warn(count, told(name, fate), "truth")));
    for (BacktestReport.AssertionResult result : report.assertions()) {
      warnOfWindows(result, report.late());
      result
          .error()
          .ifPresent(
              error -> err.println(label + "'" + result.name() + "' stopped judging: " + error));
    }
    err.flush();
  }

  /** Windows go by the time of all keys together, which a file may not be sorted by. */
  private void warnOfWindows(BacktestReport.AssertionResult result, long lateAnyway) {
    if (result.late() > lateAnyway) {
      err.println(
          "%s'%s': %,d came too late for their windows, which need the order over all keys: sort by time"
              .formatted(label, result.name(), result.late()));
    }
  }

  private static String told(String name, TruthFate fate) {
    return switch (fate) {
      case USED -> "'%s' joined to events".formatted(name);
      case LATE -> "'%s' came too late and changed no verdict".formatted(name);
      case REPEATED -> "'%s' of an id that has one already left out".formatted(name);
      case UNKNOWN -> "'%s' of no event".formatted(name);
      case EMPTY -> "'%s' without a value".formatted(name);
    };
  }

  private void warn(long count, String what, String unit) {
    if (count > 0) {
      err.println("%s%,d %s %s".formatted(label, count, count == 1 ? unit : unit + "s", what));
    }
  }
}
