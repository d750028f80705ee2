package io.assay.web.violations;

import io.assay.web.violations.Evidence.Frozen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Who was seen when: one lane for each track, time from left to right in {@link #WIDTH} units.
 *
 * @param ticks of the events, in order
 */
record Lanes(List<Tick> ticks, List<Lane> lanes) {
  static final int WIDTH = 1000;
  private static final int MARGIN = 14;
  private static final int MOST = 14;

  static Lanes of(Evidence evidence, long at, String subjectLabel) {
    Optional<BoxList> list = BoxList.in(evidence);
    List<Frozen> events = evidence.events();
    if (list.isEmpty() || events.isEmpty()) {
      return new Lanes(List.of(), List.of());
    }
    long first = events.getFirst().nanos();
    long last = Math.max(events.getLast().nanos(), first + 1);
    var ticks = new ArrayList<Tick>();
    for (Frozen event : events) {
      double share = (double) (event.nanos() - first) / (last - first);
      ticks.add(new Tick(MARGIN + share * (WIDTH - 2 * MARGIN), Frames.offset(event.nanos() - at)));
    }
    return new Lanes(List.copyOf(ticks), lanes(list.get(), events, ticks, subjectLabel));
  }

  private static List<Lane> lanes(
      BoxList list, List<Frozen> events, List<Tick> ticks, String subjectLabel) {
    boolean[] subjectSeen = new boolean[events.size()];
    boolean[] missed = new boolean[events.size()];
    var others = new LinkedHashMap<String, boolean[]>();
    for (int i = 0; i < events.size(); i++) {
      Frozen event = events.get(i);
      subjectSeen[i] = event.subject() >= 0;
      missed[i] = event.inGap() && event.subject() < 0;
      List<JsonNode> elements = list.elements(event.fields());
      for (int e = 0; e < elements.size(); e++) {
        String name = list.name(elements.get(e));
        if (e != event.subject() && !name.isEmpty()) {
          others.computeIfAbsent(name, unknown -> new boolean[events.size()])[i] = true;
        }
      }
    }
    var lanes = new ArrayList<Lane>();
    lanes.add(Lane.of(subjectLabel, true, subjectSeen, missed, ticks));
    for (Map.Entry<String, boolean[]> other : others.entrySet()) {
      if (lanes.size() < MOST && !other.getKey().equals(subjectLabel)) {
        lanes.add(
            Lane.of(other.getKey(), false, other.getValue(), new boolean[events.size()], ticks));
      }
    }
    return List.copyOf(lanes);
  }

  /** Where an event stands. */
  record Tick(double x, String offset) {}

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
        String name, boolean subject, boolean[] seen, boolean[] missed, List<Tick> ticks) {
      var marks = new ArrayList<Double>();
      var spans = new ArrayList<Stretch>();
      var gaps = new ArrayList<Stretch>();
      int before = -1;
      for (int i = 0; i < seen.length; i++) {
        if (!seen[i]) {
          continue;
        }
        marks.add(ticks.get(i).x());
        if (before >= 0) {
          var stretch = new Stretch(ticks.get(before).x(), ticks.get(i).x());
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
