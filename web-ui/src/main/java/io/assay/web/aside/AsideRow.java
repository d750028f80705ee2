package io.assay.web.aside;

import io.assay.stream.repair.PutAside;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;

/**
 * A record put aside, as pages show it.
 *
 * @param detail empty for those who may not see private fields: it may quote the record
 * @param source where it came from
 * @param replayed when and by whom; empty where it was not
 */
record AsideRow(
    String position,
    Moment at,
    String stream,
    String cause,
    String detail,
    String source,
    Moment received,
    int bytes,
    List<String> leftOut,
    String replayOf,
    String replayed) {

  static AsideRow of(AsideRecords.Noted noted, boolean clear) {
    PutAside record = noted.record();
    String of = record.replayOf();
    return new AsideRow(
        record.position().toString(),
        moment(record.millis()),
        record.stream(),
        record.cause(),
        clear ? record.detail() : "",
        "%s-%d@%d"
            .formatted(
                record.source().topic(), record.source().partition(), record.source().offset()),
        moment(record.receivedMillis()),
        record.valueBytes(),
        record.leftOut(),
        of == null ? "" : of,
        noted
            .note()
            .map(
                note ->
                    "%s %s by %s"
                        .formatted(note.way().past(), moment(note.millis()).minute(), note.by()))
            .orElse(""));
  }

  private static Moment moment(long millis) {
    return new Moment(Instant.ofEpochMilli(millis));
  }
}
