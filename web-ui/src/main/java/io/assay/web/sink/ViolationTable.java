package io.assay.web.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts violations into their tables, each once, and rolls up those that were new. Of an assertion's
 * hour the evidence is kept of so many; the others are rows of a few bytes, by which a repetition
 * is known.
 */
final class ViolationTable {
  private final EvidenceBounds bounds;

  ViolationTable(EvidenceBounds bounds) {
    this.bounds = bounds;
  }

  /** Returns how many were new. */
  long write(Connection connection, List<Rows.Found> found) throws SQLException {
    if (found.isEmpty()) {
      return 0;
    }
    // From here to the commit nobody else writes violations of these hours.
    Map<EvidenceHours.Key, HourEvidence.Known> held =
        EvidenceHours.hold(connection, found.stream().map(ViolationTable::hour).toList());
    List<Rows.Found> fresh = KnownViolations.without(connection, found, held);
    if (fresh.isEmpty()) {
      return 0;
    }
    Map<EvidenceHours.Key, HourEvidence> hours = new TreeMap<>();
    List<Rows.Found> mayGo = new ArrayList<>();
    for (Rows.Found each : fresh) {
      EvidenceHours.Key key = hour(each);
      HourEvidence hour =
          hours.computeIfAbsent(
              key,
              one -> new HourEvidence(bounds, held.getOrDefault(one, HourEvidence.Known.NOTHING)));
      boolean opens = each.violation().id().equals(each.violation().episode());
      switch (hour.offer(each.uuid(), each.violation().severity(), opens)) {
        case FIRST, OPENER -> {
          // Kept for good.
        }
        case WORST, COUNTED -> mayGo.add(each);
      }
    }
    List<Judged> judged = new ArrayList<>(fresh.size());
    for (Rows.Found each : fresh) {
      HourEvidence hour = hours.get(hour(each));
      judged.add(new Judged(each, hour != null && hour.keeps(each.uuid())));
    }
    List<Rows.Found> kept = judged.stream().filter(Judged::kept).map(Judged::found).toList();
    ViolationCopy.evidence(connection, kept);
    LabelMatches.note(connection, kept);
    ViolationCopy.counted(connection, mayGo);
    ViolationRollUps.write(connection, judged);
    Map<EvidenceHours.Key, HourEvidence.Known> after = new HashMap<>();
    for (Map.Entry<EvidenceHours.Key, HourEvidence> each : hours.entrySet()) {
      int removed = Displaced.remove(connection, each.getKey(), each.getValue().displaced());
      after.put(each.getKey(), each.getValue().known(removed));
    }
    EvidenceHours.save(connection, held, after);
    return fresh.size();
  }

  private static EvidenceHours.Key hour(Rows.Found found) {
    return new EvidenceHours.Key(
        PostgresText.clean(found.violation().project()),
        found.hour(),
        PostgresText.clean(found.violation().assertion()));
  }

  /** A new violation, and whether its evidence is kept. */
  record Judged(Rows.Found found, boolean kept) {}
}
