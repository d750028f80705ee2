package io.assay.web.stability;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.rule.ir.Model;
import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What is known of releases, with what the rules in force say of their embeddings. */
@Component
class KnownReleases {
  private static final int LONGEST_WHY = 500;

  private final ReleaseQueries stored;
  private final ActiveRules rules;
  private final RateQueries rates;
  private final Clock clock;

  KnownReleases(ReleaseQueries stored, ActiveRules rules, RateQueries rates, Clock clock) {
    this.stored = stored;
    this.rules = rules;
    this.rates = rates;
    this.clock = clock;
  }

  /**
   * Of some embeddings.
   *
   * @param declared whether the rules in force declare them
   * @param models that read them, as the rules say
   */
  record Item(String name, boolean declared, List<ReleaseGate.Reader> models) {}

  /** Embeddings by name: those declared, and those of which something is known. */
  List<Item> embeddings(String project) {
    Set<String> declared =
        rules.of(project).map(set -> set.declared().embeddings()).orElse(List.of()).stream()
            .map(Embeddings::name)
            .collect(Collectors.toSet());
    var names = new TreeSet<>(declared);
    names.addAll(stored.names(project));
    return names.stream()
        .map(name -> new Item(name, declared.contains(name), readers(project, name)))
        .toList();
  }

  /** The newest first, behind a place where one is given. */
  List<StabilityRecord> releases(
      String project, String embeddings, Optional<ReleasePlace> after, int most) {
    return stored.releases(
        project,
        embeddings,
        after.map(ReleasePlace::number).orElse(Long.MAX_VALUE),
        after.map(ReleasePlace::release).orElse(""),
        most);
  }

  /** By itself. */
  Optional<StabilityRecord> release(String project, String embeddings, String release) {
    return stored.release(project, embeddings, release);
  }

  /** By itself, and against each base. */
  List<StabilityRecord> all(String project, String embeddings, String release) {
    return stored.all(project, embeddings, release);
  }

  /** By base, what is near the items that moved most; of those of which it is known. */
  Map<String, Neighbourhoods> around(String project, String embeddings, String release) {
    return stored.around(project, embeddings, release);
  }

  /** Of some releases, each against each base. */
  List<StabilityRecord> comparisons(String project, String embeddings, Set<String> releases) {
    return stored.comparisons(project, embeddings, releases);
  }

  List<Model> models(String project, String embeddings) {
    return rules.of(project).map(set -> set.readers(embeddings)).orElse(List.of());
  }

  /**
   * Versions of the models that read some embeddings, on the streams that are their output, which
   * appeared from a time until another; oldest first.
   */
  List<Version> versions(String project, String embeddings, Instant from, Instant until) {
    Set<String> readers =
        models(project, embeddings).stream().map(Model::name).collect(Collectors.toSet());
    List<String> streams =
        rules.of(project).map(CheckedRules::streams).orElse(List.of()).stream()
            .filter(stream -> stream.model().filter(readers::contains).isPresent())
            .map(StreamType::name)
            .toList();
    return streams.isEmpty() ? List.of() : rates.versions(project, streams, from, until);
  }

  /** What the rules in force expect of releases. */
  List<Expected> expected(String project, String embeddings) {
    return rules.of(project).map(set -> Expected.of(set, embeddings)).orElse(List.of());
  }

  /** What those of a generation did; nothing where it is forgotten. */
  List<Expected> expected(String project, String embeddings, long generation) {
    return rules
        .generation(project, generation)
        .map(one -> Expected.of(one.rules(), embeddings))
        .orElse(List.of());
  }

  List<ReleaseGate.Reader> readers(String project, String embeddings) {
    return models(project, embeddings).stream().map(ReleaseGate.Reader::of).toList();
  }

  /**
   * That a person accepts a release that was rejected.
   *
   * @throws Refused where it is not there or not rejected, or the reason is too long
   */
  ReleaseAcceptance acceptance(
      String project, String embeddings, String release, String by, String why) {
    if (why.length() > LONGEST_WHY) {
      throw new Refused(
          HttpStatus.BAD_REQUEST,
          "why needs at most %d characters, got %d".formatted(LONGEST_WHY, why.length()));
    }
    StabilityRecord alone = known(project, embeddings, release);
    if (alone.status() != ReleaseStatus.REJECTED) {
      throw new Refused(
          HttpStatus.CONFLICT,
          "only a rejected release is accepted; %s is %s"
              .formatted(release, alone.status().name().toLowerCase(Locale.ROOT)));
    }
    return new ReleaseAcceptance(project, embeddings, release, by, why, clock.millis());
  }

  /**
   * By itself.
   *
   * @throws Refused where nothing is known of it
   */
  StabilityRecord known(String project, String embeddings, String release) {
    return release(project, embeddings, release)
        .orElseThrow(
            () ->
                new Refused(
                    HttpStatus.NOT_FOUND,
                    "nothing is known of a release %s of embeddings %s"
                        .formatted(release, embeddings)));
  }
}
