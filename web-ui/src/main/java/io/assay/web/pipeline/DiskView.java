package io.assay.web.pipeline;

import io.assay.web.storage.Bytes;
import io.assay.web.storage.DatabaseSizes;
import io.assay.web.storage.DiskForecast;
import io.assay.web.storage.Growth;
import io.assay.web.storage.StorageReport;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Room, in words for a page.
 *
 * @param days partitions of violations, the newest first
 */
record DiskView(List<Volume> volumes, List<Part> parts, List<Day> days) {
  private static final int SHOWN_DAYS = 31;

  /**
   * A place where files are.
   *
   * @param growth a day; empty while it is not known
   * @param outlook which of {@code pipeline.disk.*} says how long it will do: full, filling, early,
   *     unseen
   * @param soon whether it is full within two weeks
   */
  record Volume(
      String store,
      String place,
      String bytes,
      String growth,
      String free,
      String total,
      long percent,
      String outlook,
      String when,
      boolean soon) {}

  /** A table or topics. */
  record Part(String store, String name, String bytes, String growth) {}

  /** A day's partition. */
  record Day(String day, String bytes, long rows) {}

  private static final Duration SOON = Duration.ofDays(14);

  static DiskView of(StorageReport.Report report, List<DatabaseSizes.Day> days) {
    return new DiskView(
        report.volumes().stream().map(DiskView::volume).toList(),
        report.parts().stream()
            .map(
                part ->
                    new Part(
                        part.store().name(),
                        part.name(),
                        Bytes.shown(part.bytes()),
                        growth(part.growth())))
            .toList(),
        days.stream()
            .limit(SHOWN_DAYS)
            .map(day -> new Day(day.day().toString(), Bytes.shown(day.bytes()), day.rows()))
            .toList());
  }

  private static Volume volume(StorageReport.Volume volume) {
    String outlook =
        switch (volume.forecast()) {
          case DiskForecast.Full ignored -> "full";
          case DiskForecast.NotFilling ignored -> "filling";
          case DiskForecast.TooEarly ignored -> "early";
          case DiskForecast.Unseen ignored -> "unseen";
        };
    String when =
        switch (volume.forecast()) {
          case DiskForecast.Full(var at, var in) ->
              "%s, %s".formatted(new Moment(at).day(), shown(in));
          case DiskForecast.TooEarly(var seen) -> shown(seen);
          case DiskForecast.NotFilling ignored -> "";
          case DiskForecast.Unseen ignored -> "";
        };
    return new Volume(
        volume.store().name(),
        volume.place(),
        Bytes.shown(volume.bytes()),
        growth(volume.growth()),
        shown(volume.free()),
        shown(volume.total()),
        percent(volume),
        outlook,
        when,
        volume.forecast() instanceof DiskForecast.Full full && full.in().compareTo(SOON) < 0);
  }

  private static long percent(StorageReport.Volume volume) {
    return volume.free().isPresent() && volume.total().orElse(0) > 0
        ? Math.round(
            100.0
                * (volume.total().getAsLong() - volume.free().getAsLong())
                / volume.total().getAsLong())
        : -1;
  }

  private static String shown(OptionalLong bytes) {
    return bytes.isPresent() ? Bytes.shown(bytes.getAsLong()) : "";
  }

  private static String growth(Growth growth) {
    return growth.perDay().isPresent() ? Bytes.shown(growth.perDay().getAsDouble()) : "";
  }

  /** In the unit that says most. */
  static String shown(Duration time) {
    if (time.toDays() >= 2) {
      return time.toDays() + " days";
    }
    if (time.toHours() >= 2) {
      return time.toHours() + " hours";
    }
    return Math.max(0, time.toMinutes()) + " minutes";
  }
}
