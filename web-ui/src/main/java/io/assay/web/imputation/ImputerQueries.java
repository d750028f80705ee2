package io.assay.web.imputation;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the sink has stored of imputers. */
@Component
class ImputerQueries {
  private final JdbcClient jdbc;

  ImputerQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Streams of a project that ever had a version. */
  List<String> streams(String project) {
    return jdbc.sql("select distinct stream from imputer_version where project = ? order by stream")
        .params(project)
        .query(String.class)
        .list();
  }

  /** The newest first, those below a version. */
  List<ImputerCard> cards(String project, String stream, long before, int most) {
    return jdbc.sql(
            "select card::text from imputer_version where project = ? and stream = ?"
                + " and version < ? order by version desc limit ?")
        .params(project, stream, before, most)
        .query((row, number) -> read(row.getString(1)))
        .list();
  }

  Optional<ImputerCard> card(String project, String stream, long version) {
    return jdbc.sql(
            "select card::text from imputer_version where project = ? and stream = ?"
                + " and version = ?")
        .params(project, stream, version)
        .query((row, number) -> read(row.getString(1)))
        .optional();
  }

  /** With its bytes; empty where they are not all there. */
  Optional<ImputerVersion> version(String project, String stream, long version) {
    return card(project, stream, version).flatMap(this::withBytes);
  }

  private Optional<ImputerVersion> withBytes(ImputerCard card) {
    var bytes = new ByteArrayOutputStream();
    jdbc.sql(
            "select bytes from imputer_chunk where project = ? and stream = ? and version = ?"
                + " and chunk < ? order by chunk")
        .params(card.project(), card.stream(), card.version(), card.chunks())
        .query((row, number) -> row.getBytes(1))
        .list()
        .forEach(bytes::writeBytes);
    try {
      return Optional.of(ImputerVersion.of(card, bytes.toByteArray()));
    } catch (IllegalArgumentException half) {
      return Optional.empty();
    }
  }

  /**
   * Who decided what, the newest first.
   *
   * @param before behind which decision, none: from the newest
   */
  List<ImputerChoice> choices(
      String project, String stream, Optional<ChoicePlace> before, int most) {
    return jdbc.sql(
            "select version, pinned, actor, why, at from imputer_choice"
                + " where project = ? and stream = ? and (at, version, actor) < (?, ?, ?)"
                + " order by at desc, version desc, actor desc limit ?")
        .params(
            project,
            stream,
            before
                .map(ChoicePlace::at)
                .orElse(Instant.parse("9999-01-01T00:00:00Z"))
                .atOffset(ZoneOffset.UTC),
            before.map(ChoicePlace::version).orElse(Long.MAX_VALUE),
            before.map(ChoicePlace::by).orElse(""),
            most)
        .query(
            (row, number) ->
                new ImputerChoice(
                    project,
                    stream,
                    row.getLong(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getString(4),
                    row.getTimestamp(5).getTime()))
        .list();
  }

  private static ImputerCard read(String json) {
    return ImputerCard.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
