package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code present less than T}: a whole life shorter than T, known once T has passed without it.
 *
 * <p>Lives that begin with the first event have an unknown beginning, and those still going on an
 * unknown end: neither is judged. Its unit is the life.
 */
final class PresentJudgement implements Judgement, Following.Lives {
  private final Scope scope;
  private final Bound bound;
  private final Following following;

  PresentJudgement(CheckedAssertion assertion, Kind.Present kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.bound = kind.lessThan();
    this.following = new Following(scope, bound, true, looks);
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    following.step(memory, moment, this);
    for (Track track : memory.tracks.values()) {
      if (track.path != null && (track.startIndex == 0 || !isShort(track))) {
        track.path = null;
      }
    }
  }

  @Override
  public void returned(Track track, int element, Object row, Moment moment, long index) {
    // a gap within a life is no end of it
  }

  private boolean isShort(Track track) {
    return switch (bound) {
      case Bound.Events events -> track.lastIndex - track.startIndex + 1 < events.count();
      case Bound.Time time -> track.lastAt - track.startAt < time.nanos();
    };
  }

  @Override
  public void ended(Track track, Moment moment, long index) {
    if (track.startIndex == 0) {
      return;
    }
    if (!isShort(track)) {
      count(moment, Tally.JUDGED);
      count(moment, Tally.HELD);
    } else if (track.doubtful) {
      moment.undecided(scope.assertion.name(), "", "it may have lived longer");
    } else {
      judgeShort(track, moment);
    }
    track.path = null;
  }

  private void judgeShort(Track track, Moment moment) {
    try {
      bind(track, moment);
      double severity = scope.severity();
      if (severity > 0) {
        moment.out().violation(finding(track, moment, severity).violation());
      }
      count(moment, Tally.JUDGED);
      count(moment, severity > 0 ? Tally.VIOLATED : Tally.HELD);
    } catch (NoValue e) {
      moment.undecided(scope.assertion.name(), "", e.reason());
    } finally {
      scope.event(moment.row());
    }
  }

  /** The element and the event's fields are those of the last sighting. */
  private void bind(Track track, Moment moment) {
    Past last = moment.history().get(track.lastSequence);
    if (last == null || last.row() == null) {
      throw NoValue.failed("the event of the last sighting is no longer kept");
    }
    scope.event(last.row());
    scope.name("lifetime", track.lastAt - track.startAt);
    scope.name("events", track.lastIndex - track.startIndex + 1);
    scope.element(scope.elements(last.row()).get(track.lastElement));
    scope.evaluateLets();
  }

  private Finding finding(Track track, Moment moment, double severity) {
    Sightings path = Objects.requireNonNull(track.path);
    History history = moment.history();
    List<Past> life = history.between(track.startSequence, track.lastSequence);
    List<Finding.Shown> shown = new ArrayList<>();
    Past before = history.get(track.startSequence - 1);
    if (before != null) {
      shown.add(new Finding.Shown(before, "around", -1));
    }
    for (Past event : life) {
      shown.add(new Finding.Shown(event, "life", path.elementIn(event.sequence())));
    }
    Past after = history.get(track.lastSequence + 1);
    if (after != null) {
      shown.add(new Finding.Shown(after, "around", -1));
    }
    long nanos = track.lastAt - track.startAt;
    long events = track.lastIndex - track.startIndex + 1;
    String otherwise =
        "%s: %s lived only %s (%d event%s)"
            .formatted(
                scope.title(), track.label, Durations.print(nanos), events, events == 1 ? "" : "s");
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("lifetime", JsonValues.quote(Durations.print(nanos)), false));
    values.add(new Violation.Value("events", Long.toString(events), false));
    values.add(Bounds.threshold("present less than", bound));
    values.addAll(scope.severityValues());
    return new Finding(
        moment,
        scope,
        "",
        track.subject(),
        track.label,
        life,
        severity,
        scope.sentence(otherwise),
        values,
        shown);
  }

  private void count(Moment moment, Tally tally) {
    moment.count(scope.assertion.name(), "", tally, 1);
  }

  @Override
  public long neededFrom(Memory memory, Past now) {
    long needed = Long.MAX_VALUE;
    for (Track track : memory.tracks.values()) {
      needed = track.path == null ? needed : Math.min(needed, track.startSequence - 1);
    }
    return needed;
  }

  @Override
  public void pin(Memory memory, Pins pins) {
    for (Track track : memory.tracks.values()) {
      if (track.path != null) {
        pins.add(track.startSequence);
        pins.add(track.lastSequence);
      }
    }
  }
}
