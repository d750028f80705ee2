package io.assay.web.aside;

import static io.assay.web.system.CsvText.text;

import io.assay.stream.repair.Position;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.CsvParts.Part;
import java.util.List;
import java.util.Optional;

/**
 * What was put aside for spreadsheets, the oldest first, up to what was there when it began.
 * Without payloads, as the list is. The broker is read anew for each part, so that nobody waits for
 * whoever takes long to fetch the file.
 */
final class AsideCsv implements CsvParts.Source<Position> {
  static final List<String> HEAD =
      List.of(
          "put",
          "stream",
          "cause",
          "detail",
          "source",
          "received",
          "bytes",
          "left_out",
          "replay_of",
          "replayed",
          "position");

  private final AsideRecords records;
  private final boolean clear;
  private AsideQuery query;

  AsideCsv(AsideRecords records, AsideQuery query, boolean clear) {
    this.records = records;
    this.query = query;
    this.clear = clear;
  }

  @Override
  public Part<Position> after(Optional<Position> place) {
    AsideRecords.Listing listing =
        records.list(place.map(query::after).orElse(query), CsvFiles.PART);
    query = query.upTo(listing.upTo());
    return new Part<>(
        listing.records().stream().map(one -> cells(AsideRow.of(one, clear))).toList(),
        Optional.ofNullable(listing.next()));
  }

  private static List<String> cells(AsideRow row) {
    return List.of(
        row.at().iso(),
        text(row.stream()),
        text(row.cause()),
        text(row.detail()),
        text(row.source()),
        row.received().iso(),
        Integer.toString(row.bytes()),
        text(String.join("; ", row.leftOut())),
        row.replayOf(),
        text(row.replayed()),
        row.position());
  }
}
