package io.assay.web.violations;

import io.assay.stream.contract.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Violations that were counted in a storm and of which no evidence is kept. */
@Repository
class CountedViolations {
  private static final int HEX = 32;

  private final JdbcClient jdbc;
  private final String topic;

  CountedViolations(JdbcClient jdbc, Environment environment) {
    this.jdbc = jdbc;
    this.topic = new Topics(environment.getProperty("assay.sink.prefix", "assay")).violations();
  }

  /** Where Kafka has the record of one, for as long as it keeps it. */
  record Place(LocalDate day, String id, String topic, int partition, long offset) {
    String text() {
      return "of violation %s/%s no evidence is kept, it is only counted: its record was in %s, partition %d, offset %d"
          .formatted(day, id, topic, partition, offset);
    }
  }

  Optional<Place> place(String project, LocalDate day, String id) {
    return uuid(id)
        .flatMap(
            known ->
                jdbc.sql(
                        "select source_partition, source_offset from violation_counted"
                            + " where project = ? and day = ? and id = ?")
                    .params(project, day, known)
                    .query(
                        (row, number) -> new Place(day, id, topic, row.getInt(1), row.getLong(2)))
                    .optional());
  }

  /**
   * The engine's ids are 32 hexadecimal digits; of others all evidence is asked for by its text.
   */
  private static Optional<UUID> uuid(String id) {
    return id.length() == HEX && id.chars().allMatch(c -> c < 'g' && Character.digit(c, 16) >= 0)
        ? Optional.of(
            new UUID(
                Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, HEX, 16)))
        : Optional.empty();
  }

  /**
   * How many violations there were, and of how many there is evidence.
   *
   * @param all those counted and those kept
   */
  record Kept(long all, long kept) {}

  /**
   * Of the hours in which not everything is kept, those that a filter reaches into; nothing where
   * there are none.
   */
  Optional<Kept> kept(String project, ViolationFilter filter) {
    Kept sum =
        jdbc.sql(
                """
                select coalesce(sum(violations), 0), coalesce(sum(kept), 0) from evidence_hour
                where project = :project and storm and hour >= :from and hour < :to
                  and (:assertion = '' or assertion = :assertion)\
                """)
            .param("project", project)
            .param("assertion", filter.assertion().orElse(""))
            .param(
                "from",
                time(filter.from().map(from -> from.truncatedTo(ChronoUnit.HOURS)), Instant.EPOCH))
            .param("to", time(filter.to(), Instant.parse("9999-01-01T00:00:00Z")))
            .query((row, number) -> new Kept(row.getLong(1), row.getLong(2)))
            .single();
    return sum.all() > 0 ? Optional.of(sum) : Optional.empty();
  }

  private static OffsetDateTime time(Optional<Instant> given, Instant otherwise) {
    return given.orElse(otherwise).atOffset(ZoneOffset.UTC);
  }
}
