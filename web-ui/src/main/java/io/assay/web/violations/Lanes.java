package io.assay.web.violations;

import io.assay.web.system.Moment;
import io.assay.web.violations.Evidence.Frozen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who was seen when: one lane for each sensor and track, time from left to right in {@link #WIDTH}
 * units.
 *
 * @param ticks of the events, in order
 */
record Lanes(List<Tick> ticks, List<Lane> lanes) {
  static final int WIDTH = 1000;
  static final int MARGIN = 14;
  static final int MOST = 14;

  static Lanes of(Evidence evidence, long at, String subjectLabel) {
    List<Frozen> events = evidence.events();
    if (BoxList.in(evidence).isEmpty() || events.isEmpty()) {
      return new Lanes(List.of(), List.of());
    }
    long first = events.stream().mapToLong(Frozen::nanos).min().orElseThrow();
    long last = Math.max(events.stream().mapToLong(Frozen::nanos).max().orElseThrow(), first + 1);
    var ticks = new ArrayList<Tick>();
    for (Frozen event : events) {
      double share = (double) (event.nanos() - first) / (last - first);
      ticks.add(
          new Tick(
              MARGIN + share * (WIDTH - 2 * MARGIN),
              Frames.offset(event.nanos() - at),
              event.at()));
    }
    ticks.sort(Comparator.comparingDouble(Tick::x));
    return new Lanes(List.copyOf(ticks), new Sightings(evidence, first, last).lanes(subjectLabel));
  }

  /** When the event was that stands somewhere; empty where none does. */
  public String offset(double x) {
    return ticks.stream().filter(tick -> tick.x() == x).map(Tick::offset).findFirst().orElse("");
  }

  /** Where an event stands, and when it was. */
  record Tick(double x, String offset, Moment at) {}

  /**
   * One track.
   *
   * @param seen where it was reported
   * @param spans from one sighting to the next event's
   * @param gaps in which it should have been there
   */
  record Lane(
      String name, boolean subject, List<Double> seen, List<Stretch> spans, List<Stretch> gaps) {

    static Lane of(
        String name, boolean subject, boolean[] seen, boolean[] missed, List<Double> places) {
      var marks = new ArrayList<Double>();
      var spans = new ArrayList<Stretch>();
      var gaps = new ArrayList<Stretch>();
      int before = -1;
      for (int i = 0; i < seen.length; i++) {
        if (!seen[i]) {
          continue;
        }
        marks.add(places.get(i));
        if (before >= 0) {
          var stretch = new Stretch(places.get(before), places.get(i));
          if (before == i - 1) {
            spans.add(stretch);
          } else if (missed[i - 1]) {
            gaps.add(stretch);
          }
        }
        before = i;
      }
      return new Lane(name, subject, List.copyOf(marks), List.copyOf(spans), List.copyOf(gaps));
    }
  }

  /** From here to there. */
  record Stretch(double from, double to) {
    public double length() {
      return to - from;
    }
  }
}
