package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code transitions at most N within T}: appearing and disappearing count one each, so that
 * flickering in any rhythm is found. One violation an episode.
 *
 * <p>What is there in the first event has not appeared; an event that leaves open whether it is
 * there changes nothing.
 */
final class TransitionsJudgement implements TrailJudgement {
  private static final String PRESENT = "present";
  private static final String ABSENT = "absent";

  private final Scope scope;
  private final Kind.Transitions kind;
  private final Following following;
  private final Units units;

  TransitionsJudgement(CheckedAssertion assertion, Kind.Transitions kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.kind = kind;
    this.following = new Following(scope, kind.within(), false, looks);
    this.units = new Units(scope, following);
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public Units units() {
    return units;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    following.step(memory, moment, this);
  }

  @Override
  public void stepped(Memory memory, Moment moment, long index) {
    for (Track track : memory.tracks.values()) {
      if (!track.ended) {
        step(track, moment, index);
      }
    }
  }

  private void step(Track track, Moment moment, long index) {
    boolean there = track.lastSequence == moment.now().sequence();
    if (!there && track.doubtful) {
      return;
    }
    Trail.Switches trail =
        track.trail instanceof Trail.Switches known ? known : begun(track, index, there);
    track.trail = trail;
    Values switches = trail.values;
    Past now = moment.now();
    while (switches.size() > 0
        && !Trails.within(kind.within(), switches.at(0), switches.index(0), now.at(), index)) {
      switches.removeFirst();
    }
    if (there == trail.there) {
      units.held(moment);
      return;
    }
    trail.there = there;
    switches.add(now.at(), index, now.sequence(), there ? track.lastElement : -1, there);
    switches.keep(Math.max(Values.MOST, kind.atMost() + 1));
    try {
      if (switches.size() <= kind.atMost()) {
        units.held(moment);
      } else if (Trails.opens(trail.episode, kind.within(), now.at(), index)) {
        violated(track, switches, moment, index);
      }
    } catch (NoValue e) {
      units.undecided(moment, e.reason());
    }
  }

  private static Trail.Switches begun(Track track, long index, boolean there) {
    Trail.Switches trail = new Trail.Switches();
    trail.there = there && track.startIndex == index && index == 0;
    return trail;
  }

  private void violated(Track track, Values switches, Moment moment, long index) {
    boolean there = (Boolean) switches.value(switches.size() - 1);
    scope.event(moment.row());
    Past last = moment.history().get(track.lastSequence);
    Optional<Object> element = scope.elementOf(last, track.lastElement);
    element.ifPresent(scope::element);
    scope.boxed("from", there ? ABSENT : PRESENT);
    scope.boxed("to", there ? PRESENT : ABSENT);
    scope.name("count", switches.size());
    double present = present(switches, moment.now().at(), index);
    scope.boxed("minority", Math.min(present, 1 - present));
    scope.boxed("majority", Math.max(present, 1 - present));
    scope.evaluateLets();
    double severity = scope.severity();
    if (severity > 0) {
      units.violated(track, moment);
      moment.out().violation(finding(track, switches, moment, severity).violation());
    } else {
      units.held(moment);
    }
  }

  /** The share of the stretch since the first of the switches in which it was there. */
  private double present(Values switches, long now, long nowIndex) {
    double there = 0;
    double all = place(switches.size(), switches, now, nowIndex) - place(0, switches, 0, 0);
    for (int i = 0; i < switches.size(); i++) {
      if ((Boolean) switches.value(i)) {
        there += place(i + 1, switches, now, nowIndex) - place(i, switches, 0, 0);
      }
    }
    return all > 0 ? there / all : 0.5;
  }

  private double place(int i, Values switches, long now, long nowIndex) {
    boolean byTime = kind.within() instanceof Bound.Time;
    if (i == switches.size()) {
      return byTime ? now : nowIndex;
    }
    return byTime ? switches.at(i) : switches.index(i);
  }

  private Finding finding(Track track, Values switches, Moment moment, double severity) {
    List<Finding.Shown> shown = new ArrayList<>();
    for (int i = 0; i < switches.size(); i++) {
      Past past = moment.history().get(switches.sequence(i));
      if (past != null) {
        String role = past.sequence() == moment.now().sequence() ? "at" : "before";
        shown.add(new Finding.Shown(past, role, switches.element(i)));
      }
    }
    String otherwise =
        "%s: %s came or went %d times".formatted(scope.title(), track.label, switches.size());
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("count", Integer.toString(switches.size()), false));
    values.add(new Violation.Value("transitions at most", Long.toString(kind.atMost()), true));
    values.add(Bounds.threshold("within", kind.within()));
    values.addAll(scope.severityValues());
    return new Finding(
        moment,
        scope,
        "",
        track.subject(),
        track.label,
        moment.history().between(switches.sequence(0), moment.now().sequence()),
        severity,
        scope.sentence(otherwise),
        values,
        shown);
  }

  @Override
  public Reach reach(Memory memory, Past now) {
    return new Reach(Optional.of(kind.within()), now, memory.events);
  }

  /** When it goes, the last sighting is shown. */
  @Override
  public long neededFrom(Memory memory, Past now) {
    Reach reach = reach(memory, now);
    long needed = Trails.neededFrom(memory, reach);
    for (Track track : memory.tracks.values()) {
      needed = track.ended ? needed : Math.min(needed, reach.one(track.lastSequence));
    }
    return needed;
  }
}
