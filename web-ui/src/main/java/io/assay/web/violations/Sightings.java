package io.assay.web.violations;

import io.assay.web.violations.Evidence.Frozen;
import io.assay.web.violations.Lanes.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** In which events of which sensor each track was seen. */
final class Sightings {
  private final Evidence evidence;
  private final long first;
  private final long last;

  /** Event times in nanoseconds: from the earliest to the latest. */
  Sightings(Evidence evidence, long first, long last) {
    this.evidence = evidence;
    this.first = first;
    this.last = last;
  }

  /** The subject's first, then those of its own sensor, then those of the others. */
  List<Lane> lanes(String subjectLabel) {
    var streams = new LinkedHashMap<String, List<Frozen>>();
    streams.put(evidence.stream(), new ArrayList<>(evidence.own()));
    evidence
        .joined()
        .forEach(
            event ->
                streams.computeIfAbsent(event.stream(), unknown -> new ArrayList<>()).add(event));
    boolean isAlone = streams.size() == 1;
    List<Lane> subjects = new ArrayList<>();
    List<Lane> others = new ArrayList<>();
    streams.forEach(
        (stream, events) -> {
          String before = isAlone ? "" : stream + " ";
          String name = subjectLabel.startsWith(before) ? subjectLabel : before + subjectLabel;
          subject(events, name, isAlone).ifPresent(subjects::add);
          others.addAll(tracks(events, before, subjectLabel));
          if (!isAlone) {
            unnamed(events, stream).ifPresent(others::add);
          }
        });
    subjects.addAll(others);
    return List.copyOf(subjects.subList(0, Math.min(Lanes.MOST, subjects.size())));
  }

  /** Of a sensor that never saw it there is none, where another did. */
  private Optional<Lane> subject(List<Frozen> events, String name, boolean always) {
    boolean[] seen = new boolean[events.size()];
    boolean[] missed = new boolean[events.size()];
    boolean any = always;
    for (int i = 0; i < events.size(); i++) {
      seen[i] = events.get(i).subject() >= 0;
      missed[i] = events.get(i).inGap() && !seen[i];
      any |= seen[i];
    }
    return any ? Optional.of(Lane.of(name, true, seen, missed, places(events))) : Optional.empty();
  }

  private List<Lane> tracks(List<Frozen> events, String before, String subjectLabel) {
    Optional<BoxList> found = BoxList.in(events, evidence.subjectName());
    if (found.isEmpty()) {
      return List.of();
    }
    BoxList list = found.get();
    Map<String, boolean[]> tracks = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      List<JsonNode> elements = list.elements(events.get(i).fields());
      for (int e = 0; e < elements.size(); e++) {
        String name = list.name(elements.get(e));
        if (e != events.get(i).subject() && !name.isEmpty() && !name.equals(subjectLabel)) {
          tracks.computeIfAbsent(name, unknown -> new boolean[events.size()])[i] = true;
        }
      }
    }
    boolean[] none = new boolean[events.size()];
    return tracks.entrySet().stream()
        .map(one -> Lane.of(before + one.getKey(), false, one.getValue(), none, places(events)))
        .toList();
  }

  /** Of a sensor whose boxes have no names it is shown when it saw anything. */
  private Optional<Lane> unnamed(List<Frozen> events, String stream) {
    Optional<BoxList> list = BoxList.in(events, evidence.subjectName());
    if (list.isEmpty() || !list.get().identity().isEmpty()) {
      return Optional.empty();
    }
    boolean[] seen = new boolean[events.size()];
    for (int i = 0; i < events.size(); i++) {
      List<JsonNode> elements = list.get().elements(events.get(i).fields());
      seen[i] = elements.size() > (events.get(i).subject() >= 0 ? 1 : 0);
    }
    boolean[] none = new boolean[events.size()];
    return Optional.of(Lane.of(stream, false, seen, none, places(events)));
  }

  private List<Double> places(List<Frozen> events) {
    return events.stream()
        .map(
            event ->
                Lanes.MARGIN
                    + (double) (event.nanos() - first)
                        / (last - first)
                        * (Lanes.WIDTH - 2 * Lanes.MARGIN))
        .toList();
  }
}
