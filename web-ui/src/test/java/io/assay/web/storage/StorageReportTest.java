package io.assay.web.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.storage.StorageSample.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast things grow, and when nothing is left. */
class StorageReportTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final long GB = 1_000_000_000L;

  private static List<Growth.Point> line(int samples, Duration every, long from, long each) {
    List<Growth.Point> points = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      points.add(new Growth.Point(NOW.minus(every.multipliedBy(i)), from - i * each));
    }
    return points;
  }

  @Test
  void aStraightLineHasItsSlope() {
    Growth growth = Growth.of(line(25, Duration.ofHours(1), 100 * GB, GB));
    assertThat(growth.perDay()).hasValue(24.0 * GB);
    assertThat(growth.over()).isEqualTo(Duration.ofHours(24));
  }

  /** A clearing of half of it, and a copy that was there for an hour, change the pace little. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneCleaningUpAndNoiseMoveItLittle(long seed) {
    var random = new Random(seed);
    List<Growth.Point> points = new ArrayList<>();
    for (int i = 0; i < 144; i++) {
      long size = 10 * GB + i * GB / 144 + random.nextLong(GB / 200);
      boolean copied = i >= 60 && i < 66;
      points.add(
          new Growth.Point(NOW.plus(Duration.ofMinutes(10L * i)), copied ? size + 5 * GB : size));
    }
    assertThat(Growth.of(points).perDay().orElseThrow()).isCloseTo(GB, within(0.05 * GB));
  }

  @Test
  void aShortHistorySaysNothing() {
    assertThat(Growth.of(List.of()).perDay()).isEmpty();
    assertThat(Growth.of(line(3, Duration.ofHours(2), GB, 1)).perDay()).isEmpty();
    assertThat(Growth.of(line(50, Duration.ofMinutes(1), GB, 1)).perDay()).isEmpty();
  }

  @Test
  void aVolumeIsFullWhenWhatIsLeftIsGone() {
    Growth ofFree = Growth.of(line(25, Duration.ofHours(1), 48 * GB, -GB));
    assertThat(DiskForecast.of(NOW, OptionalLong.of(48 * GB), ofFree))
        .isEqualTo(new DiskForecast.Full(NOW.plus(Duration.ofDays(2)), Duration.ofDays(2)));
  }

  @Test
  void whatCannotBeSeenOrDoesNotFillIsTold() {
    Growth grows = Growth.of(line(25, Duration.ofHours(1), 48 * GB, GB));
    assertThat(DiskForecast.of(NOW, OptionalLong.of(GB), grows))
        .isEqualTo(new DiskForecast.NotFilling());
    Growth slow = Growth.of(line(25, Duration.ofHours(1), 48 * GB, -1));
    assertThat(DiskForecast.of(NOW, OptionalLong.of(48 * GB), slow))
        .isEqualTo(new DiskForecast.NotFilling());
    assertThat(DiskForecast.of(NOW, OptionalLong.empty(), grows))
        .isEqualTo(new DiskForecast.Unseen());
    assertThat(DiskForecast.of(NOW, OptionalLong.of(1), Growth.of(List.of())))
        .isEqualTo(new DiskForecast.TooEarly(Duration.ZERO));
  }

  @Test
  void onlyWhatTheNewestSampleOfItsStoreHasIsShown() {
    Instant before = NOW.minus(Duration.ofMinutes(10));
    StorageReport.Report report =
        StorageReport.of(
            List.of(
                StorageSample.part(before, Store.POSTGRESQL, "gone", GB),
                StorageSample.part(before, Store.KAFKA, "assay.counts", 7),
                StorageSample.part(NOW, Store.POSTGRESQL, "label", 1),
                StorageSample.part(NOW, Store.POSTGRESQL, "violation", GB),
                StorageSample.volume(
                    NOW, Store.POSTGRESQL, "", GB, OptionalLong.empty(), OptionalLong.empty())),
            NOW);
    assertThat(report.parts())
        .extracting(StorageReport.Part::name)
        .containsExactly("violation", "label", "assay.counts");
    assertThat(report.volumes())
        .singleElement()
        .satisfies(one -> assertThat(one.forecast()).isEqualTo(new DiskForecast.Unseen()));
  }

  @Test
  void sizesAreReadByPeople() {
    assertThat(
            List.of(0.0, 999.0, 1000.0, 12_340.0, 999_900.0, 5.5e9, -2.5e6).stream()
                .map(Bytes::shown))
        .containsExactly("0 B", "999 B", "1.00 kB", "12.3 kB", "1.00 MB", "5.50 GB", "−2.50 MB");
  }
}
