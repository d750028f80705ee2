package io.assay.web.labels;

import io.assay.web.access.Audit;
import io.assay.web.system.TimePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Exports that were started, with their files: in tables, so that any instance has them. */
@Component
class ExportRuns {
  /** Older ones go, and what is more than these: the files lie in the database. */
  static final Duration KEPT = Duration.ofDays(7);

  static final int MOST_KEPT = 50;
  private static final int CHUNK = 1 << 20;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  ExportRuns(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Notes that one is started; returns its id. Of the oldest those go that are too many.
   *
   * @param reader whom it tells no known answers; empty: it tells all
   */
  @Transactional
  public String start(String project, ExportWish wish, boolean clear, String by, String reader) {
    String id = UUID.randomUUID().toString();
    @Nullable Long round = wish.round().isPresent() ? wish.round().getAsLong() : null;
    jdbc.sql(
            "INSERT INTO export_run (project, id, format, round, outside, fps, clear, by,"
                + " hidden_from, at, alive) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)")
        .param(project)
        .param(id)
        .param(wish.format().word())
        .param(round)
        .param(wish.outside().name().toLowerCase(Locale.ROOT))
        .param(wish.timing().framesPerSecond())
        .param(clear)
        .param(by)
        .param(reader)
        .param(now())
        .param(now())
        .update();
    audit.note(project, by, "samples.exported", id, wish.format().word());
    jdbc.sql(
            "DELETE FROM export_run WHERE project = ? AND id IN (SELECT id FROM export_run WHERE"
                + " project = ? ORDER BY at DESC, id DESC OFFSET ?)")
        .params(project, project, MOST_KEPT)
        .update();
    return id;
  }

  /** Those that are kept no more go, of all projects. */
  void forget() {
    jdbc.sql("DELETE FROM export_run WHERE at < ?")
        .param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Tells how far it is; returns whether it is still wanted. In a transaction of its own: whoever
   * tells is reading in another.
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public boolean progress(String project, String id, int done, int ofAll) {
    return jdbc.sql(
                "UPDATE export_run SET done = ?, of_all = ?, alive = ? WHERE project = ? AND id = ?"
                    + " AND status = 'RUNNING'")
            .params(done, ofAll, now(), project, id)
            .update()
        > 0;
  }

  /** Keeps the file, where it is still wanted. */
  @Transactional
  public void done(String project, String id, Exported exported, int leftOut, Path file)
      throws IOException {
    int isWanted =
        jdbc.sql(
                "UPDATE export_run SET status = 'DONE', done = of_all, samples = ?, left_out = ?,"
                    + " bytes = ? WHERE project = ? AND id = ? AND status = 'RUNNING'")
            .params(exported.samples(), leftOut, Files.size(file), project, id)
            .update();
    if (isWanted > 0) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] chunk = in.readNBytes(CHUNK);
        for (int number = 0; chunk.length > 0; number++) {
          jdbc.sql("INSERT INTO export_chunk (project, id, number, body) VALUES (?, ?, ?, ?)")
              .params(project, id, number, chunk)
              .update();
          chunk = in.readNBytes(CHUNK);
        }
      }
    }
  }

  void failed(String project, String id, String why) {
    end(project, id, ExportRun.Status.FAILED, why);
  }

  /** Nobody wants it any more; returns whether it was still running. */
  boolean cancel(String project, String id) {
    return end(project, id, ExportRun.Status.CANCELLED, "");
  }

  private boolean end(String project, String id, ExportRun.Status status, String why) {
    return jdbc.sql(
                "UPDATE export_run SET status = ?, why = ? WHERE project = ? AND id = ? AND status"
                    + " = 'RUNNING'")
            .params(status.name(), why, project, id)
            .update()
        > 0;
  }

  Optional<ExportRun> one(String project, String id) {
    Instant now = clock.instant();
    return jdbc.sql("SELECT * FROM export_run WHERE project = ? AND id = ?")
        .params(project, id)
        .query((row, number) -> ExportRun.of(row, now))
        .optional();
  }

  /**
   * The newest first.
   *
   * @param after the place of the last that the answer before had; empty: from the start
   */
  List<ExportRun> newest(String project, Optional<TimePlace> after, int limit) {
    Instant now = clock.instant();
    return jdbc.sql(
            "SELECT * FROM export_run WHERE project = ?"
                + (after.isEmpty() ? "" : " AND (at, id) < (?, ?)")
                + " ORDER BY at DESC, id DESC LIMIT ?")
        .params(
            after
                .<List<?>>map(
                    place ->
                        List.of(project, place.at().atOffset(ZoneOffset.UTC), place.id(), limit))
                .orElseGet(() -> List.of(project, limit)))
        .query((row, number) -> ExportRun.of(row, now))
        .list();
  }

  /** Writes its file, a piece at a time. */
  void write(String project, String id, OutputStream out) {
    int number = 0;
    Optional<byte[]> chunk = chunk(project, id, number);
    try {
      while (chunk.isPresent()) {
        out.write(chunk.get());
        chunk = chunk(project, id, ++number);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private Optional<byte[]> chunk(String project, String id, int number) {
    return jdbc.sql("SELECT body FROM export_chunk WHERE project = ? AND id = ? AND number = ?")
        .params(project, id, number)
        .query(byte[].class)
        .optional();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
