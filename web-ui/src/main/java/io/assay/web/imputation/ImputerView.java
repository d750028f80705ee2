package io.assay.web.imputation;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerObserved;
import io.assay.web.charts.LineChart;
import io.assay.web.charts.LineChart.Point;
import io.assay.web.rates.Appeared;
import io.assay.web.rates.RateQueries;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream's imputer as a page shows it.
 *
 * @param newest version's card; null where there is none
 * @param inForce the version that fills gaps now; null where there is none, or it is an old one
 * @param gaps a field each: how many of the rows were without it, from training to training
 * @param marks where versions of the stream's model appeared among the trainings
 * @param versions the newest first
 */
record ImputerView(
    ImputerItems.Item item,
    @Nullable ImputerCard newest,
    @Nullable Version inForce,
    List<Gap> gaps,
    List<Mark> marks,
    List<Version> versions) {
  private static final int DRAWN = 40;

  ImputerView {
    gaps = List.copyOf(gaps);
    marks = List.copyOf(marks);
    versions = List.copyOf(versions);
  }

  /** {@code now}: share of the rows without the field, at the newest training. */
  record Gap(String field, double now, LineChart chart) {}

  /** {@code x}: where it is drawn. */
  record Mark(Appeared appeared, String x) {}

  /** A version, and when its training ended. */
  record Version(ImputerCard card, Moment trained) {
    static Version of(ImputerCard card) {
      return new Version(card, new Moment(Instant.ofEpochMilli(card.trainedMillis())));
    }
  }

  /** Who put which version in force, or released it. */
  record Choice(ImputerChoice choice, Moment at) {
    static Choice of(ImputerChoice choice) {
      return new Choice(choice, new Moment(Instant.ofEpochMilli(choice.atMillis())));
    }
  }

  /**
   * {@code appeared}: versions of the stream's model, of a time or later and of no later than
   * another.
   */
  static ImputerView of(
      ImputerItems.Item item, BiFunction<Instant, Instant, List<RateQueries.Version>> appeared) {
    Long inForce = item.inForce();
    List<Version> versions = item.versions().stream().map(Version::of).toList();
    List<ImputerCard> seen =
        item.versions().stream()
            .filter(card -> card.observed() != null)
            .limit(DRAWN)
            .toList()
            .reversed();
    var fields = new TreeSet<String>();
    seen.forEach(
        card -> segments(card).forEach(segment -> fields.addAll(segment.missing().keySet())));
    List<Gap> gaps = fields.stream().map(field -> gap(field, seen)).toList();
    return new ImputerView(
        item,
        item.versions().isEmpty() ? null : item.versions().getFirst(),
        versions.stream()
            .filter(one -> inForce != null && inForce == one.card().version())
            .findFirst()
            .orElse(null),
        gaps,
        marks(seen, appeared),
        versions);
  }

  private static List<Mark> marks(
      List<ImputerCard> seen, BiFunction<Instant, Instant, List<RateQueries.Version>> appeared) {
    if (seen.size() < 2) {
      return List.of();
    }
    List<Instant> trained =
        seen.stream().map(card -> Instant.ofEpochMilli(card.trainedMillis())).toList();
    return Appeared.among(trained, appeared.apply(trained.getFirst(), trained.getLast())).stream()
        .map(one -> new Mark(one, LineChart.x(one.place(), seen.size())))
        .toList();
  }

  private static Gap gap(String field, List<ImputerCard> seen) {
    List<Point> points = new ArrayList<>();
    double now = 0;
    for (ImputerCard card : seen) {
      long rows = segments(card).mapToLong(ImputerObserved.Gaps::rows).sum();
      long missing =
          segments(card).mapToLong(segment -> segment.missing().getOrDefault(field, 0L)).sum();
      now = rows == 0 ? 0 : (double) missing / rows;
      points.add(Point.of(Long.toString(card.version()), rows == 0 ? null : now));
    }
    return new Gap(field, now, LineChart.of(points));
  }

  private static Stream<ImputerObserved.Gaps> segments(ImputerCard card) {
    ImputerObserved observed = card.observed();
    return observed == null ? Stream.of() : observed.gaps().stream();
  }
}
