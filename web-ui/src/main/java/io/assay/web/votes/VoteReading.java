package io.assay.web.votes;

import static io.assay.web.votes.VotedEvents.time;

import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.VoteCounts;
import io.assay.web.votes.VotedEvents.VotedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who says what of events. An assertion says "error" of an event that a violation of it reaches
 * over, in key and time; "no error" where it judged anything in that minute and there is none; else
 * nothing. The model says "error" where it was less sure than not. People say what they found of
 * the event, or of the episode of a violation over it.
 */
@Component
class VoteReading {
  /** A voter beside the assertions, whose names have no brackets. */
  static final String MODEL = "(model)";

  static final String PEOPLE = "(people)";
  static final String ERROR = "error";
  static final List<String> CLASSES = List.of(ERROR, "no-error");

  private static final int FLAG = 0;
  private static final int NO_FLAG = 1;
  private static final double SURE = 0.5;
  private static final int FETCHED = 10_000;

  private final JdbcClient jdbc;

  VoteReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What episodes say of events. */
  private record Flags(Map<String, Set<String>> byAssertion, Map<String, Integer> found) {}

  /**
   * Counts the votes on events of a stream. The assertions vote in their order, then the model,
   * then people.
   */
  @Transactional(readOnly = true)
  public VoteCounts of(
      String project, String stream, List<String> assertions, List<VotedEvent> events) {
    List<String> voters = new ArrayList<>(assertions);
    voters.add(MODEL);
    voters.add(PEOPLE);
    var votes = new VoteCounts(voters, CLASSES);
    if (events.isEmpty()) {
      return votes;
    }
    Flags flags = flags(project, stream, events);
    Map<String, Set<Instant>> judged = judged(project, stream, events);
    Map<String, Integer> said = said(project, stream);
    for (VotedEvent event : events) {
      int[] vote = new int[voters.size()];
      for (int i = 0; i < assertions.size(); i++) {
        String assertion = assertions.get(i);
        boolean flagged =
            flags.byAssertion().getOrDefault(assertion, Set.of()).contains(event.id());
        boolean looked = judged.getOrDefault(assertion, Set.of()).contains(minute(event.at()));
        vote[i] = flagged ? FLAG : looked ? NO_FLAG : VoteCounts.ABSTAINS;
      }
      vote[assertions.size()] =
          event.confidence().isEmpty()
              ? VoteCounts.ABSTAINS
              : event.confidence().getAsDouble() < SURE ? FLAG : NO_FLAG;
      Integer ofEpisode = flags.found().getOrDefault(event.id(), VoteCounts.ABSTAINS);
      vote[assertions.size() + 1] = said.getOrDefault(event.id(), ofEpisode);
      votes.add(vote);
    }
    return votes;
  }

  /**
   * Violations come once, in pieces, and each finds its events: there may be millions of them.
   * Episodes would be fewer, but reach over what is right between two violations, too; they speak
   * where there was a storm, of which not every violation is kept.
   */
  private Flags flags(String project, String stream, List<VotedEvent> events) {
    Map<String, NavigableMap<Instant, List<String>>> byKey = new HashMap<>();
    for (VotedEvent event : events) {
      byKey
          .computeIfAbsent(event.key(), key -> new TreeMap<>())
          .computeIfAbsent(event.at(), at -> new ArrayList<>())
          .add(event.id());
    }
    var flags = new Flags(new HashMap<>(), new HashMap<>());
    jdbc.sql(
            """
            SELECT v.assertion, v.key, v.span_from AS began, v.span_to AS ended, i.finding
            FROM violation v LEFT JOIN label_item i ON i.project = v.project AND i.id = v.episode
            WHERE v.project = ? AND v.stream = ? AND v.span_from <= ? AND v.span_to >= ? AND v.day >= ?
            UNION ALL
            SELECT e.assertion, e.key, e.began, e.ended, i.finding
            FROM episode e LEFT JOIN label_item i ON i.project = e.project AND i.id = e.id
            WHERE e.project = ? AND e.stream = ? AND e.counted > 0 AND e.began <= ? AND e.ended >= ?\
            """)
        .params(
            project,
            stream,
            time(events.getLast().at()),
            time(events.getFirst().at()),
            // A violation is decided after its span: none of an earlier day reaches over an event.
            LocalDate.ofInstant(events.getFirst().at(), ZoneOffset.UTC),
            project,
            stream,
            time(events.getLast().at()),
            time(events.getFirst().at()))
        .withFetchSize(FETCHED)
        .query(
            row -> {
              NavigableMap<Instant, List<String>> ofKey = byKey.get(row.getString("key"));
              if (ofKey == null) {
                return;
              }
              String assertion = row.getString("assertion");
              Set<String> flagged =
                  flags.byAssertion().computeIfAbsent(assertion, name -> new HashSet<>());
              Instant began = row.getObject("began", OffsetDateTime.class).toInstant();
              Instant ended = row.getObject("ended", OffsetDateTime.class).toInstant();
              int finding = vote(row.getString("finding"));
              ofKey
                  .subMap(began, true, ended, true)
                  .values()
                  .forEach(
                      ids -> {
                        flagged.addAll(ids);
                        ids.forEach(id -> flags.found().merge(id, finding, VoteReading::either));
                      });
            });
    return flags;
  }

  private static int vote(@Nullable String finding) {
    if (finding == null) {
      return VoteCounts.ABSTAINS;
    }
    return switch (Finding.valueOf(finding)) {
      case ERROR -> FLAG;
      case NO_ERROR -> NO_FLAG;
      case UNCLEAR -> VoteCounts.ABSTAINS;
    };
  }

  /** That one flag of it is right makes an event one with an error. */
  private static int either(int one, int other) {
    if (one == VoteCounts.ABSTAINS || other == VoteCounts.ABSTAINS) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }

  private Map<String, Set<Instant>> judged(String project, String stream, List<VotedEvent> events) {
    Map<String, Set<Instant>> judged = new HashMap<>();
    jdbc.sql(
            "SELECT assertion, minute FROM count_minute WHERE project = ? AND stream = ? AND minute"
                + " = ANY (?::timestamptz[]) AND held + violated > 0 GROUP BY assertion, minute")
        .params(
            project,
            stream,
            events.stream()
                .map(event -> minute(event.at()).toString())
                .distinct()
                .toArray(String[]::new))
        .query(
            row -> {
              judged
                  .computeIfAbsent(row.getString("assertion"), name -> new HashSet<>())
                  .add(row.getObject("minute", OffsetDateTime.class).toInstant());
            });
    return judged;
  }

  /** Of the event itself: as an item drawn at random, or as a label by its id; the latest holds. */
  private Map<String, Integer> said(String project, String stream) {
    Map<String, Integer> said = new HashMap<>();
    jdbc.sql(
            """
            SELECT v.id, upper(replace(l.verdict, '-', '_')) AS finding FROM voted_event v
            JOIN label l ON l.project = v.project AND l.prediction = v.event
            WHERE v.project = ? AND v.stream = ? AND l.stream IN ('', v.stream)
              AND l.verdict IN ('error', 'no-error') AND v.event <> ''
            ORDER BY l.at, l.id\
            """)
        .params(project, stream)
        .query(
            row -> {
              said.put(row.getString("id"), vote(row.getString("finding")));
            });
    jdbc.sql(
            "SELECT v.id, i.finding FROM voted_event v JOIN label_item i ON i.project = v.project"
                + " AND i.id = v.id WHERE v.project = ? AND v.stream = ? AND i.finding <>"
                + " 'UNCLEAR'")
        .params(project, stream)
        .query(
            row -> {
              said.put(row.getString("id"), vote(row.getString("finding")));
            });
    return said;
  }

  private static Instant minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }
}
