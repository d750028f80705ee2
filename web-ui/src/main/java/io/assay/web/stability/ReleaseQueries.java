package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the sink has stored of releases. */
@Component
class ReleaseQueries {
  private final JdbcClient jdbc;

  ReleaseQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of each release by itself, the newest first. */
  List<StabilityRecord> releases(String project, int most) {
    return jdbc.sql(
            "select record::text from release_comparison where project = ? and base = ''"
                + " order by number desc, release limit ?")
        .params(project, most)
        .query((row, number) -> read(row.getString(1)))
        .list();
  }

  /** By itself. */
  Optional<StabilityRecord> release(String project, String embeddings, String release) {
    return all(project, embeddings, release).stream()
        .filter(record -> record.base().isEmpty())
        .findFirst();
  }

  /** By itself, and against each base. */
  List<StabilityRecord> all(String project, String embeddings, String release) {
    return jdbc.sql(
            "select record::text from release_comparison where project = ? and embeddings = ?"
                + " and release = ? order by base")
        .params(project, embeddings, release)
        .query((row, number) -> read(row.getString(1)))
        .list();
  }

  /** Of the newest releases, each against each base. */
  List<StabilityRecord> comparisons(String project, String embeddings, int most) {
    return jdbc.sql(
            "select record::text from release_comparison where project = ? and embeddings = ?"
                + " and base <> '' order by number desc, release, base limit ?")
        .params(project, embeddings, most)
        .query((row, number) -> read(row.getString(1)))
        .list();
  }

  private static StabilityRecord read(String json) {
    return StabilityRecord.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
