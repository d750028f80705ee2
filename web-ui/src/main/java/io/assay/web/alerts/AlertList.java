package io.assay.web.alerts;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Alerts that fire or wait, a part at a time: a storm leaves thousands. */
@Component
class AlertList {
  /** A program gets no more at once. */
  static final int MOST = 1_000;

  /** Of more nobody needs the number. */
  private static final int MOST_COUNTED = 10_000;

  private final AlertQueries alerts;
  private final SilenceStore silences;
  private final Clock clock;

  AlertList(AlertQueries alerts, SilenceStore silences, Clock clock) {
    this.alerts = alerts;
    this.silences = silences;
    this.clock = clock;
  }

  /** A part of those that fire or wait; without {@code next} it is the last. */
  record Items(List<AlertItem> items, @Nullable String next) {}

  /** The next {@code limit}, up to {@link #MOST}. */
  Items open(String project, AlertFilter filter, AlertPlace after, int limit) {
    List<AlertQueries.Placed> found = alerts.open(project, filter, after, limit + 1);
    return new Items(items(project, shown(found, limit)), next(found, limit));
  }

  /** How many lie on each shelf, by its name, up to 10,000. */
  Map<String, Long> counts(String project) {
    Map<String, Long> counts = new TreeMap<>();
    alerts
        .counts(project, MOST_COUNTED)
        .forEach((shelf, count) -> counts.put(shelf.label(), count));
    return counts;
  }

  /** As rows of a file, a part of them. */
  CsvParts.Part<AlertPlace> rows(String project, AlertFilter filter, Optional<AlertPlace> after) {
    List<AlertQueries.Placed> found =
        alerts.open(project, filter, after.orElse(AlertPlace.START), CsvFiles.PART);
    return new CsvParts.Part<>(
        items(project, found).stream().map(AlertsCsv::cells).toList(),
        found.size() < CsvFiles.PART ? Optional.empty() : Optional.of(found.getLast().place()));
  }

  private static List<AlertQueries.Placed> shown(List<AlertQueries.Placed> found, int most) {
    return found.size() > most ? found.subList(0, most) : found;
  }

  private static @Nullable String next(List<AlertQueries.Placed> found, int most) {
    return found.size() > most ? found.get(most - 1).place().written() : null;
  }

  private List<AlertItem> items(String project, List<AlertQueries.Placed> found) {
    Instant now = clock.instant();
    List<SilenceStore.Stored> on = silences.current(project, now);
    return found.stream().map(one -> AlertItem.of(one.alert(), on, now)).toList();
  }

  /**
   * A part of the list of alerts.
   *
   * @param shelves what lies on each, by its name
   * @param counts how many there are on each in all, up to 10,000
   * @param next after which it goes on; null for the last
   */
  record Part(
      Map<String, List<AlertItem>> shelves, Map<String, Long> counts, @Nullable String next) {
    /** Whether nothing fires or waits. */
    boolean isEmpty() {
      return counts.values().stream().allMatch(count -> count == 0);
    }
  }

  Part part(String project, AlertFilter filter, AlertPlace after, int most) {
    List<AlertQueries.Placed> found = alerts.open(project, filter, after, most + 1);
    List<AlertQueries.Placed> shown = shown(found, most);
    List<AlertItem> items = items(project, shown);
    Map<String, List<AlertItem>> shelves = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      shelves
          .computeIfAbsent(shown.get(i).place().shelf().label(), shelf -> new ArrayList<>())
          .add(items.get(i));
    }
    return new Part(shelves, counts(project), next(found, most));
  }
}
