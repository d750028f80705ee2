package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the sink has stored of releases. Records are without their neighbourhoods, which lists do
 * not need.
 */
@Component
class ReleaseQueries {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  ReleaseQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Embeddings of which something is known. */
  List<String> names(String project) {
    return jdbc.sql(
            "select distinct embeddings from release_comparison where project = ? and base = ''")
        .param(project)
        .query(String.class)
        .list();
  }

  /**
   * Of some embeddings' releases by themselves, the newest first.
   *
   * @param number of the last one of the part before, and its name
   */
  List<StabilityRecord> releases(
      String project, String embeddings, long number, String release, int most) {
    return jdbc.sql(
            """
            select record::text from release_comparison
            where project = ? and embeddings = ? and base = ''
              and (number < ? or (number = ? and release > ?))
            order by number desc, release limit ?\
            """)
        .params(project, embeddings, number, number, release, most)
        .query((row, at) -> read(row.getString(1)))
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

  /** Of some releases, each against each base. */
  List<StabilityRecord> comparisons(String project, String embeddings, Set<String> releases) {
    return jdbc.sql(
            "select record::text from release_comparison where project = ? and embeddings = ?"
                + " and base <> '' and release = any (?) order by number desc, release, base")
        .params(project, embeddings, releases.toArray(String[]::new))
        .query((row, number) -> read(row.getString(1)))
        .list();
  }

  /** By base, what is near the items that moved most; of those of which it is known. */
  Map<String, Neighbourhoods> around(String project, String embeddings, String release) {
    Map<String, Neighbourhoods> around = new TreeMap<>();
    jdbc.sql(
            "select base, neighbourhoods::text from release_comparison where project = ?"
                + " and embeddings = ? and release = ? and neighbourhoods is not null")
        .params(project, embeddings, release)
        .query(
            (RowCallbackHandler)
                row -> around.put(row.getString(1), neighbourhoods(row.getString(2))));
    return around;
  }

  private static Neighbourhoods neighbourhoods(String json) {
    return JSON.readValue(json, Neighbourhoods.class);
  }

  private static StabilityRecord read(String json) {
    return StabilityRecord.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
