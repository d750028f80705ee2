package io.assay.web.assertions;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.web.rates.Counted;
import io.assay.web.rounds.AssertionProof;
import io.assay.web.rules.AssertionVersion;
import io.assay.web.rules.AssertionVersions;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Assertions as the API tells them. */
final class AssertionItems {
  private AssertionItems() {}

  /** A part of the list; {@code next} is null on the last. */
  record Listing(List<Item> items, @Nullable String next) {}

  /**
   * One assertion over a period.
   *
   * @param unit what its rate counts; null where its rule is not known
   * @param rate violated of judged; null where nothing was judged
   * @param lastFired the minute, ever
   * @param everySeconds how long it may take from one verdict to the next: until a window ends,
   *     truth has come or embeddings are released; null where it judges as events come
   * @param precision how often its flags are errors, with its 90 % interval; null where nobody has
   *     looked
   */
  record Item(
      String name,
      String title,
      List<String> streams,
      String mode,
      String level,
      String health,
      String why,
      @Nullable String unit,
      @Nullable String owner,
      Counted counted,
      @Nullable Double rate,
      long violations,
      @Nullable Instant lastFired,
      long reviewed,
      @Nullable Double precision,
      @Nullable Double precisionLow,
      @Nullable Double precisionHigh,
      @Nullable Long everySeconds) {
    static Item of(AssertionLine line) {
      return new Item(
          line.name(),
          line.title(),
          line.streams(),
          lower(line.mode()),
          lower(line.level().name()),
          lower(line.health().name()),
          line.why(),
          line.unit().map(unit -> lower(unit.name())).orElse(null),
          line.owner().isEmpty() ? null : line.owner(),
          line.counted(),
          boxed(line.counted().rate()),
          line.violations(),
          line.last().map(Moment::instant).orElse(null),
          line.reviews().counted(),
          line.reviews().counted() == 0 ? null : line.reviews().posterior().mean(),
          line.reviews().interval().map(ShareInterval::low).orElse(null),
          line.reviews().interval().map(ShareInterval::high).orElse(null),
          line.every().isZero() ? null : line.every().toSeconds());
    }
  }

  /**
   * All of one assertion over a period.
   *
   * @param firing whether it fires, or what stands in the way; {@code why} tells more
   * @param otherAlerts how many of its alerts wait for something else than a rate
   * @param comparable others on the same stream in the other mode, at most five
   * @param place where its rule stands; null where the rule is gone
   */
  record Detail(
      Item assertion,
      Instant start,
      Instant end,
      long stepSeconds,
      List<Step> series,
      @Nullable Threshold threshold,
      List<Change> changes,
      String firing,
      List<Property> slices,
      List<KeyItem> keys,
      List<Version> versions,
      List<Proof> proof,
      long otherAlerts,
      List<Item> comparable,
      AssertionVersions.@Nullable Place place) {
    static Detail of(AssertionDetail detail) {
      return new Detail(
          Item.of(detail.line()),
          detail.period().start(),
          detail.period().end(),
          detail.period().range().step().toSeconds(),
          detail.points().stream().map(Step::of).toList(),
          detail.limit().map(Threshold::of).orElse(null),
          detail.marks().stream()
              .map(mark -> new Change(mark.kind(), mark.text(), mark.at().instant()))
              .toList(),
          detail.funnel().verdict(),
          detail.slices().stream().map(Property::of).toList(),
          detail.keys().stream()
              .map(one -> new KeyItem(one.key(), one.episodes(), one.violations(), one.share()))
              .toList(),
          detail.versions().stream().map(Version::of).toList(),
          detail.proof().stream().map(Proof::of).toList(),
          detail.otherAlerts(),
          detail.comparable().stream().map(Item::of).toList(),
          detail.place().orElse(null));
    }
  }

  /** One step of the series; violations by the mode that the assertion had then. */
  record Step(Instant at, Counted counted, @Nullable Double rate, long active, long shadow) {
    static Step of(AssertionDetail.Point point) {
      return new Step(
          point.at().instant(),
          point.counted(),
          boxed(point.counted().rate()),
          point.active(),
          point.shadow());
    }
  }

  /** Of the alert: above which rate, of which unit, for how long. */
  record Threshold(double rate, String unit, long forSeconds) {
    static Threshold of(Limit limit) {
      return new Threshold(limit.share(), lower(limit.unit().name()), limit.lasting().toSeconds());
    }
  }

  /** {@code kind}: model, rules, firing or resolved. */
  record Change(String kind, String what, Instant at) {}

  /**
   * A property by whose values rates differ.
   *
   * @param by expectation, slice, segment, version or hour
   * @param name of the declared slice; null where the property is none
   */
  record Property(String by, @Nullable String name, List<SliceItem> slices) {
    static Property of(Slices slices) {
      return new Property(
          slices.by(),
          slices.name().isEmpty() ? null : slices.name(),
          slices.slices().stream()
              .map(
                  one ->
                      new SliceItem(
                          one.value(),
                          one.counted().judged(),
                          one.counted().violated(),
                          boxed(one.counted().rate()),
                          one.lift()))
              .toList());
    }
  }

  /** One value of a property; {@code lift}: its rate by the rate of all. */
  record SliceItem(String value, long judged, long violated, @Nullable Double rate, double lift) {}

  /** A key, of the newest episodes of the period. */
  record KeyItem(String key, long episodes, long violations, double share) {}

  /** A generation of the rules that changed the assertion. */
  record Version(
      long generation, long before, Instant at, String actor, String home, String version) {
    static Version of(AssertionVersion one) {
      return new Version(
          one.generation(),
          one.before(),
          one.at().instant(),
          one.actor(),
          lower(one.home()),
          one.version());
    }
  }

  /** Its rate before and after a model that learned from a round. */
  record Proof(
      long round,
      String version,
      Instant since,
      double before,
      double after,
      double difference,
      double low,
      double high,
      String outcome) {
    static Proof of(AssertionProof.Change one) {
      return new Proof(
          one.round(),
          one.version(),
          one.since().instant(),
          one.before(),
          one.after(),
          one.difference(),
          one.low(),
          one.high(),
          lower(one.outcome()).replace('_', '-'));
    }
  }

  /** A part of the episodes, newest first; {@code next} is null on the last. */
  record EpisodeListing(List<EpisodeItem> items, @Nullable String next) {}

  /** An episode; {@code violation}: day and id of its worst. */
  record EpisodeItem(
      String id,
      String stream,
      String key,
      String level,
      String mode,
      Instant opened,
      Instant lasts,
      long violations,
      double worst,
      String violation) {
    static EpisodeItem of(Episodes.Episode one) {
      return new EpisodeItem(
          one.id(),
          one.stream(),
          one.key(),
          lower(one.level().name()),
          lower(one.mode()),
          one.opened().instant(),
          one.lasts().instant(),
          one.violations(),
          one.worst(),
          one.day() + "/" + one.violation());
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
