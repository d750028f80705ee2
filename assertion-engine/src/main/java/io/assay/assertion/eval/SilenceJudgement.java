package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.Durations;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code silence at most T}: from each event on, how long it is until the next one.
 *
 * <p>Whether the next event tells or a clock that passes, the violation is the same: it is of the
 * instant at which T was over, and decided by the last event before.
 */
final class SilenceJudgement implements Judgement {
  /** The one thing remembered, beside that there was an event: the stretch that is open. */
  private static final String STRETCH = "";

  private final Scope scope;
  private final long most;

  SilenceJudgement(CheckedAssertion assertion, Kind.Silence kind) {
    this.scope = new Scope(assertion);
    this.most = kind.atMostNanos();
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    if (memory.events == 0) {
      // Of before nobody knows: the key may have been forgotten, or judged by another rule.
      memory.events = 1;
      speaks(moment);
    }
    end(memory, moment);
    moment.count(assertion().name(), "", Tally.SEEN, 1);
    scope.event(moment.row());
    switch (scope.passes()) {
      case NO -> {}
      case UNKNOWN -> moment.undecided(assertion().name(), "", scope.unknown());
      case YES -> {
        moment.count(assertion().name(), "", Tally.PASSED, 1);
        begin(memory, moment.now());
      }
    }
  }

  /** An event that another follows in time: it is counted, and not remembered. */
  void followed(Event event, Verdicts out) {
    long minute = Moment.minute(event.at());
    out.count(assertion().name(), "", Tally.SEEN, minute, 1);
    scope.event(event.root());
    switch (scope.passes()) {
      case NO -> {}
      case UNKNOWN -> {
        out.count(assertion().name(), "", Tally.UNDECIDED, minute, 1);
        out.undecided(assertion().name(), "", event.at(), scope.unknown());
      }
      case YES -> {
        out.count(assertion().name(), "", Tally.PASSED, minute, 1);
        out.count(assertion().name(), "", Tally.JUDGED, minute, 1);
        out.count(assertion().name(), "", Tally.HELD, minute, 1);
      }
    }
  }

  private static void begin(Memory memory, Past now) {
    Track stretch = new Track(STRETCH, "");
    stretch.start(now, 0, "", false);
    stretch.see(now, 0, -1);
    memory.tracks.put(STRETCH, stretch);
  }

  /** An event ends the stretch before it, whatever is in it. */
  private void end(Memory memory, Moment moment) {
    Track stretch = memory.tracks.remove(STRETCH);
    if (stretch == null) {
      return;
    }
    if (stretch.violated) {
      speaks(moment);
      return;
    }
    Moment began = beginning(stretch, moment);
    if (moment.now().at() - stretch.lastAt > most) {
      tell(began);
      speaks(moment);
    } else {
      began.count(assertion().name(), "", Tally.JUDGED, 1);
      began.count(assertion().name(), "", Tally.HELD, 1);
    }
  }

  private void speaks(Moment moment) {
    moment.out().speaks(assertion().name(), moment.key().key(), moment.now().at());
  }

  @Override
  public long due(Memory memory) {
    Track stretch = open(memory);
    return stretch == null ? Long.MAX_VALUE : stretch.lastAt + most;
  }

  @Override
  public void passed(Memory memory, Moment last, long clock) {
    Track stretch = open(memory);
    if (stretch != null && clock > stretch.lastAt + most) {
      stretch.violated = true;
      Violation told = tell(beginning(stretch, last));
      if (told != null) {
        long received = last.key().newestReceived;
        last.out().silent(told, received == Long.MIN_VALUE ? received : received + most);
      }
    }
  }

  private static @Nullable Track open(Memory memory) {
    Track stretch = memory.tracks.get(STRETCH);
    return stretch == null || stretch.violated ? null : stretch;
  }

  private static Moment beginning(Track stretch, Moment moment) {
    Past began = Objects.requireNonNull(moment.history().get(stretch.lastSequence));
    return moment.at(began);
  }

  /** Null where it is none that counts. */
  private @Nullable Violation tell(Moment began) {
    scope.name("silent", most);
    scope.event(began.row());
    try {
      double severity = scope.severity();
      Violation told = severity > 0 ? violation(began, severity) : null;
      if (told != null) {
        began.out().violation(told);
      }
      began.count(assertion().name(), "", Tally.JUDGED, 1);
      began.count(assertion().name(), "", told != null ? Tally.VIOLATED : Tally.HELD, 1);
      return told;
    } catch (NoValue e) {
      began.undecided(assertion().name(), "", e.reason());
      return null;
    }
  }

  private Violation violation(Moment began, double severity) {
    String most = Durations.print(this.most);
    List<Violation.Value> values =
        new ArrayList<>(
            List.of(
                new Violation.Value("silent", JsonValues.quote(most), false),
                new Violation.Value("at most", JsonValues.quote(most), true)));
    values.addAll(scope.severityValues());
    return new Finding(
            began,
            scope,
            "",
            "",
            "silence",
            List.of(began.now()),
            severity,
            scope.sentence("%s: nothing came for more than %s".formatted(scope.title(), most)),
            values,
            List.of(new Finding.Shown(began.now(), "before", -1)))
        .violation()
        .lasting(began.now().at() + this.most);
  }

  @Override
  public long neededFrom(Memory memory, Past now) {
    Track stretch = memory.tracks.get(STRETCH);
    return stretch == null ? Long.MAX_VALUE : stretch.lastSequence;
  }
}
