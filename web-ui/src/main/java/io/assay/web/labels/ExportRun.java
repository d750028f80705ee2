package io.assay.web.labels;

import io.assay.web.system.Moment;
import io.assay.web.system.TimePlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export that was started behind the page.
 *
 * @param round null: all rounds
 * @param clear whether private fields are in it
 * @param by the name of the member or of the token that started it
 * @param hiddenFrom the reviewer whom it tells no known answers; null: it may tell any
 * @param done samples read so far, of {@code ofAll}
 * @param samples that are in the file, and {@code leftOut} that are not
 * @param bytes of the file
 * @param why it failed; empty where it did not
 */
record ExportRun(
    String id,
    String format,
    @Nullable Long round,
    String outside,
    double fps,
    boolean clear,
    String by,
    @Nullable String hiddenFrom,
    Instant at,
    Status status,
    int done,
    int ofAll,
    int samples,
    int leftOut,
    long bytes,
    String why) {

  /** Who writes it tells that it is alive every few seconds; after that it is dead. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** How far it is. */
  enum Status {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** In lists, the newest first. */
  TimePlace place() {
    return new TimePlace(at, id);
  }

  /** For pages: when it was started. */
  public Moment started() {
    return new Moment(at);
  }

  /** For pages and programs: {@code running}. */
  public String state() {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** For pages: such as {@code 1.4 MB}. */
  public String size() {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /**
   * For pages, too: whether the reader may have it while there are known answers that they are not
   * told. Who started it says nothing: names of tokens are free, and roles change.
   *
   * @param reader empty for who may know all of them
   */
  public boolean isFor(String reader) {
    return reader.isEmpty() || reader.equals(hiddenFrom);
  }

  ExportWish wish() {
    return ExportWish.of(format, round, outside, fps);
  }

  /** As it stands at a time: of who has long said nothing it is known that they have died. */
  static ExportRun of(ResultSet row, Instant now) throws SQLException {
    Status status = Status.valueOf(row.getString("status"));
    Instant alive = row.getObject("alive", OffsetDateTime.class).toInstant();
    boolean isDead = status == Status.RUNNING && alive.isBefore(now.minus(SILENCE));
    long number = row.getLong("round");
    @Nullable Long round = row.wasNull() ? null : number;
    return new ExportRun(
        row.getString("id"),
        row.getString("format"),
        round,
        row.getString("outside"),
        row.getDouble("fps"),
        row.getBoolean("clear"),
        row.getString("by"),
        row.getString("hidden_from"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        isDead ? Status.FAILED : status,
        row.getInt("done"),
        row.getInt("of_all"),
        row.getInt("samples"),
        row.getInt("left_out"),
        row.getLong("bytes"),
        isDead ? "the instance that wrote it has stopped; start it again" : row.getString("why"));
  }
}
