package io.assay.web.backtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.scenario.ViolationMark;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people said of violations that a sweep finds: in review of the same violation, whatever the
 * threshold was then; by a label of the deciding event; or of that event when it was drawn at
 * random. The first that there is counts.
 */
final class SweepOutcomes {
  /** Reviews of the range that are looked for; the newest. */
  static final int MOST_REVIEWS = 20_000;

  /** A mark of each violation with an outcome is remembered. */
  static final int MOST_KNOWN = 300_000;

  /** Deciding events that are looked up at once. */
  private static final int AT_ONCE = 500;

  private static final String REVIEWED =
      """
      select v.evidence::text as evidence, i.finding from label_item i
      join violation v on v.project = i.project and v.day = i.day and v.id = i.violation
      where v.project = :project and v.assertion = :assertion and i.assertion = v.assertion
        and v.at >= :from and v.at < :to and v.day between :first and :last
        and i.finding is not null and i.event is null and i.gold is null
      order by v.at desc, v.id limit :most\
      """;

  /** As arrived labels are taken for reviews: what is said of all of the event, the latest. */
  private static final String LABELS =
      """
      select distinct on (l.prediction) l.prediction, l.verdict from label l
      where l.project = :project and l.prediction = any(:predictions) and (l.stream = '' or l.stream = :stream)
        and l.verdict <> '' and cardinality(l.classes) = 0 and cardinality(l.looked) = 0
      order by l.prediction, l.at desc, l.id\
      """;

  private static final String DRAWN =
      """
      select replace(event::text, '\\u0000', '')::json ->> 'id' as id, finding from label_item
      where project = :project and stream = :stream and event is not null and finding is not null and gold is null
      order by at desc limit :most\
      """;

  private final JdbcClient jdbc;
  private final String project;
  private final String stream;
  private final int versions;
  private final Map<ViolationMark, Finding> reviewed = new HashMap<>();
  private final Map<String, Finding> drawn = new HashMap<>();

  /** Violations with an outcome, and which versions find them. */
  private final Map<ViolationMark, Known> known = new HashMap<>();

  /** Those of which nothing is known yet, by deciding event. */
  private final Map<String, Map<ViolationMark, BitSet>> asked = new LinkedHashMap<>();

  private boolean all = true;

  private record Known(Finding finding, BitSet finders) {}

  /**
   * What is known of all.
   *
   * @param versions of each, what people found
   * @param notFound reviews that no version finds
   * @param all whether all outcomes are counted
   */
  record Totals(List<Reviews> versions, Reviews together, long notFound, boolean all) {}

  /** Reads what was reviewed of an assertion in a range of event time. */
  SweepOutcomes(
      JdbcClient jdbc,
      String project,
      String assertion,
      String stream,
      Instant from,
      Instant to,
      int versions) {
    this.jdbc = jdbc;
    this.project = project;
    this.stream = stream;
    this.versions = versions;
    jdbc.sql(REVIEWED)
        .param("project", project)
        .param("assertion", assertion)
        .param("from", at(from))
        .param("to", at(to))
        .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC))
        .param("last", LocalDate.ofInstant(to, ZoneOffset.UTC))
        .param("most", MOST_REVIEWS)
        .query(
            row -> {
              Violation one = ViolationJson.read(row.getString("evidence").getBytes(UTF_8));
              reviewed.putIfAbsent(
                  ViolationMark.of(one), Finding.valueOf(row.getString("finding")));
            });
    jdbc.sql(DRAWN)
        .param("project", project)
        .param("stream", stream)
        .param("most", MOST_REVIEWS)
        .query(
            row -> {
              drawn.putIfAbsent(row.getString("id"), Finding.valueOf(row.getString("finding")));
            });
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A version found a violation. */
  void found(int version, Violation violation, ViolationMark mark) {
    Known before = known.get(mark);
    if (before != null) {
      before.finders().set(version);
      return;
    }
    Finding said = reviewed.get(mark);
    if (said != null) {
      know(mark, said, version);
      return;
    }
    asked
        .computeIfAbsent(violation.decidingEvent(), event -> new LinkedHashMap<>())
        .computeIfAbsent(mark, same -> new BitSet(versions))
        .set(version);
    if (asked.size() > AT_ONCE) {
      lookUp();
    }
  }

  private void know(ViolationMark mark, Finding said, int version) {
    var finders = new BitSet(versions);
    finders.set(version);
    know(mark, said, finders);
  }

  private void know(ViolationMark mark, Finding said, BitSet finders) {
    Known before = known.get(mark);
    if (before != null) {
      before.finders().or(finders);
    } else if (known.size() < MOST_KNOWN) {
      known.put(mark, new Known(said, finders));
    } else {
      all = false;
    }
  }

  private void lookUp() {
    Map<String, Finding> labelled = new HashMap<>();
    jdbc.sql(LABELS)
        .param("project", project)
        .param("stream", stream)
        .param("predictions", asked.keySet().toArray(String[]::new))
        .query(
            row -> {
              labelled.put(
                  row.getString("prediction"),
                  Finding.valueOf(
                      row.getString("verdict").toUpperCase(Locale.ROOT).replace('-', '_')));
            });
    asked.forEach(
        (event, marks) -> {
          Finding said = labelled.getOrDefault(event, drawn.get(event));
          if (said != null) {
            marks.forEach((mark, finders) -> know(mark, said, finders));
          }
        });
    asked.clear();
  }

  /** After all violations. */
  Totals totals() {
    lookUp();
    List<Reviews> found = new ArrayList<>();
    for (int i = 0; i < versions; i++) {
      int version = i;
      found.add(
          known.values().stream()
              .filter(one -> one.finders().get(version))
              .map(one -> Reviews.none().with(one.finding()))
              .reduce(Reviews.none(), Reviews::plus));
    }
    Reviews together =
        known.values().stream()
            .map(one -> Reviews.none().with(one.finding()))
            .reduce(Reviews.none(), Reviews::plus);
    long notFound = reviewed.keySet().stream().filter(mark -> !known.containsKey(mark)).count();
    return new Totals(found, together, notFound, all);
  }
}
