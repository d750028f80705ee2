package io.assay.web.alerts;

import io.assay.assertion.alert.AlertCause;
import io.assay.assertion.alert.AlertCounts;
import io.assay.assertion.alert.AlertReading;
import io.assay.assertion.alert.AlertReadings;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertSighting;
import io.assay.assertion.alert.StreamClock;
import io.assay.web.violations.PrivateText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Which conditions are true now: what was counted and found, held against the rules. */
@Component
class AlertSightings {
  /** What the newest violation says, beside the sentence of the alert. */
  static final String EXAMPLE = "example";

  /** So long before the stretch of a rate a violation still shows what is wrong. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private final AlertClocks clocks;
  private final AlertInputs inputs;
  private final AlertEpisodes episodes;
  private final SilentKeys silences;

  AlertSightings(
      AlertClocks clocks, AlertInputs inputs, AlertEpisodes episodes, SilentKeys silences) {
    this.clocks = clocks;
    this.inputs = inputs;
    this.episodes = episodes;
    this.silences = silences;
  }

  /**
   * In the order of the rules.
   *
   * @param stopped why assertions are not judged, by their names
   */
  List<AlertSighting> now(
      String project, List<AlertRule> rules, Map<String, String> stopped, Instant now) {
    Map<String, StreamClock> reached = clocks.note(project, rules, now);
    Map<String, Map<String, AlertCounts>> trailing = inputs.trailing(project, rules, reached);
    Map<String, List<AlertCounts>> windows = inputs.windows(project, rules);
    int most = AlertEpisodes.most(rules);
    Map<String, List<SilentKeys.Silent>> silent = silences.open(project, rules, now, most);
    Map<String, List<AlertEpisodes.Shown>> open =
        episodes.open(
            project,
            rules.stream().filter(one -> !silent.containsKey(one.key())).toList(),
            reached,
            most);
    List<AlertSighting> seen = new ArrayList<>();
    for (AlertRule rule : rules) {
      String name = rule.assertion().name();
      Map<String, AlertCounts> lines = trailing.getOrDefault(name, Map.of());
      switch (rule.cause()) {
        case AlertCause.Rate rate -> add(rule, project, AlertReadings.rate(rate, lines), seen);
        case AlertCause.Undecided undecided ->
            add(rule, project, AlertReadings.undecided(undecided, lines), seen);
        case AlertCause.Breached breached ->
            add(
                rule,
                project,
                AlertReadings.breached(breached, windows.getOrDefault(name, List.of())),
                seen);
        case AlertCause.Open cause -> {
          StreamClock clock = reached.get(rule.assertion().on().name());
          List<SilentKeys.Silent> ofKeys = silent.get(rule.key());
          if (ofKeys != null) {
            addOpen(rule, project, silent(cause, ofKeys, now), most, seen);
          } else if (clock != null) {
            addOpen(
                rule,
                project,
                measured(cause, open.getOrDefault(rule.key(), List.of()), clock),
                most,
                seen);
          }
        }
        case AlertCause.Stopped ignored ->
            add(
                rule,
                project,
                Optional.ofNullable(stopped.get(name))
                    .map(why -> new AlertReading(true, "not judged: " + why, "judged")),
                seen);
      }
    }
    return shown(project, seen, reached);
  }

  private static void add(
      AlertRule rule, String project, Optional<AlertReading> reading, List<AlertSighting> seen) {
    reading
        .filter(AlertReading::holds)
        .ifPresent(one -> seen.add(AlertSighting.of(rule, project, one)));
  }

  private record Measured(AlertEpisodes.Shown shown, AlertReading reading) {}

  private static List<Measured> measured(
      AlertCause.Open cause, List<AlertEpisodes.Shown> open, StreamClock clock) {
    return open.stream()
        .map(one -> new Measured(one, AlertReadings.open(cause, one.episode(), clock)))
        .toList();
  }

  private static List<Measured> silent(
      AlertCause.Open cause, List<SilentKeys.Silent> silent, Instant now) {
    return silent.stream()
        .map(
            one ->
                new Measured(
                    one.shown(), AlertReadings.silent(cause, Duration.between(one.since(), now))))
        .toList();
  }

  /** Episodes with equal labels are one alert, of the one that is open longest. */
  private static void addOpen(
      AlertRule rule, String project, List<Measured> open, int most, List<AlertSighting> seen) {
    Map<SortedMap<String, String>, AlertSighting> longest = new LinkedHashMap<>();
    Map<SortedMap<String, String>, Integer> counted = new LinkedHashMap<>();
    for (Measured one : open) {
      if (one.reading().holds()) {
        SortedMap<String, String> labels = AlertLabels.of(rule, one.shown());
        counted.merge(labels, 1, Integer::sum);
        longest.computeIfAbsent(
            labels, own -> sighting(rule, project, one.reading(), one.shown(), own));
      }
    }
    longest.forEach(
        (labels, sighting) -> {
          int many = counted.getOrDefault(labels, 1);
          seen.add(
              many == 1
                  ? sighting
                  : sighting.saying(
                      "episodes", open.size() < most ? many + "" : many + " or more"));
        });
  }

  private static AlertSighting sighting(
      AlertRule rule,
      String project,
      AlertReading reading,
      AlertEpisodes.Shown shown,
      SortedMap<String, String> labels) {
    AlertSighting sighting = AlertSighting.of(rule, project, reading);
    if (shown.violation().isPresent()) {
      sighting = sighting.shownBy(shown.violation().get());
    }
    for (Map.Entry<String, String> label : labels.entrySet()) {
      sighting = sighting.labelled(label.getKey(), label.getValue());
    }
    return shown.sentence().isEmpty()
        ? sighting
        : sighting.saying(EXAMPLE, PrivateText.shown(shown.sentence().get(), false));
  }

  /** A rate alone tells nobody what to look at: its newest violation does. */
  private List<AlertSighting> shown(
      String project, List<AlertSighting> seen, Map<String, StreamClock> reached) {
    Map<String, Instant> since = new TreeMap<>();
    for (AlertSighting one : seen) {
      StreamClock clock = reached.get(one.rule().assertion().on().name());
      if (clock != null && one.violation().isEmpty() && isOfViolations(one)) {
        since.put(one.rule().assertion().name(), clock.newest().minus(BEFORE));
      }
    }
    Map<String, AlertEpisodes.Newest> newest = episodes.newest(project, since);
    return seen.stream()
        .map(
            one -> {
              AlertEpisodes.Newest found = newest.get(one.rule().assertion().name());
              return found == null || one.violation().isPresent() || !isOfViolations(one)
                  ? one
                  : one.shownBy(found.violation())
                      .saying(EXAMPLE, PrivateText.shown(found.sentence(), false));
            })
        .toList();
  }

  private static boolean isOfViolations(AlertSighting sighting) {
    return switch (sighting.rule().cause()) {
      case AlertCause.Rate ignored -> true;
      case AlertCause.Breached ignored -> true;
      case AlertCause.Open ignored -> true;
      case AlertCause.Undecided ignored -> false;
      case AlertCause.Stopped ignored -> false;
    };
  }
}
