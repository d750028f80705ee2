package io.assay.bench.street;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Place;
import io.assay.assertion.selection.Probabilities;
import io.assay.simulate.KnownError;
import io.assay.web.sink.ModelConfidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What labels may be given to: the episodes of some streets, and the camera's events; and what a
 * person would find there.
 *
 * @param kinds of each error that the simulator knows of, its kind
 */
record Pool(List<Item> episodes, List<Item> events, List<String> kinds) {
  Pool {
    episodes = List.copyOf(episodes);
    events = List.copyOf(events);
    kinds = List.copyOf(kinds);
  }

  /**
   * What one label is of.
   *
   * @param faults of each violation of an episode, the worst first, the errors that it is right
   *     about, as indices into {@link #kinds}; of an event one set
   */
  record Item(Candidate candidate, List<Set<Integer>> faults) {
    Item {
      faults = List.copyOf(faults);
    }

    /** Whether there is still something to see; a false alarm always is. */
    boolean isThere(Set<Integer> errors) {
      return faults.stream().anyMatch(fault -> isThere(fault, errors));
    }

    private static boolean isThere(Set<Integer> fault, Set<Integer> errors) {
      return fault.isEmpty() || fault.stream().anyMatch(errors::contains);
    }

    /** What a label tells of: reviewers are shown the worst violation of an episode. */
    Set<Integer> shown(Set<Integer> errors) {
      return faults.stream().filter(fault -> isThere(fault, errors)).findFirst().stream()
          .flatMap(Set::stream)
          .filter(errors::contains)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Drives and judges the streets. */
  static Pool of(List<Long> streets, CheckedRules rules) {
    Pool pool = new Pool(List.of(), List.of(), List.of());
    for (long street : streets) {
      Drive drive = Drive.of(street);
      pool = pool.with(street, drive, Judged.violations(rules, drive));
    }
    return pool;
  }

  /** One more street. */
  Pool with(long street, Drive drive, List<Violation> violations) {
    List<Item> allEpisodes = new ArrayList<>(episodes);
    List<Item> allEvents = new ArrayList<>(events);
    List<String> allKinds = new ArrayList<>(kinds);
    drive.errors().forEach(error -> allKinds.add(error.kind()));
    allEpisodes.addAll(episodes(street, drive, violations, kinds.size()));
    allEvents.addAll(events(street, drive, kinds.size()));
    return new Pool(allEpisodes, allEvents, allKinds);
  }

  private static List<Item> episodes(
      long street, Drive drive, List<Violation> violations, int first) {
    Map<String, List<Violation>> byEpisode =
        violations.stream()
            .collect(
                Collectors.groupingBy(Violation::episode, LinkedHashMap::new, Collectors.toList()));
    List<Item> items = new ArrayList<>();
    byEpisode.forEach(
        (id, all) ->
            items.add(
                new Item(
                    candidate(street + "/" + id, "v" + street, all),
                    all.stream()
                        .sorted(Comparator.comparingDouble(Violation::severity).reversed())
                        .map(one -> errors(drive, first, Flag.of(one, drive)::isRight))
                        .toList())));
    return items;
  }

  /** As the sink rolls violations up. */
  private static Candidate candidate(String id, String key, List<Violation> violations) {
    Violation opener = violations.getFirst();
    Candidate flagged =
        Candidate.flagged(
            id,
            new Place(
                opener.stream(),
                key,
                identity(opener.subject()),
                Instant.ofEpochSecond(0, opener.at())),
            opener.assertion(),
            violations.stream().mapToDouble(Violation::severity).max().orElseThrow());
    OptionalDouble confidence =
        violations.stream().map(ModelConfidence::of).flatMapToDouble(OptionalDouble::stream).min();
    return confidence.isEmpty()
        ? flagged
        : flagged.with(Probabilities.ofConfidence(confidence.getAsDouble()));
  }

  /** Without the start of its life, as for rounds. */
  private static String identity(String subject) {
    int at = subject.lastIndexOf('@');
    return at < 0 ? subject : subject.substring(0, at);
  }

  /** Who looks at a whole event of the camera finds what is wrong in it, not what the LIDAR saw. */
  private static List<Item> events(long street, Drive drive, int first) {
    return drive.tracks().keySet().stream()
        .sorted()
        .map(
            at ->
                new Item(
                    Candidate.unflagged(
                        street + "@" + at,
                        new Place("camera", "v" + street, "", Instant.ofEpochMilli(at))),
                    List.of(
                        errors(
                            drive,
                            first,
                            error ->
                                error.from() <= at
                                    && at <= error.to()
                                    && !error.kind().equals("lidar_miss")))))
        .toList();
  }

  private static Set<Integer> errors(Drive drive, int first, Predicate<KnownError> which) {
    return IntStream.range(0, drive.errors().size())
        .filter(i -> which.test(drive.errors().get(i)))
        .mapToObj(i -> first + i)
        .collect(Collectors.toUnmodifiableSet());
  }
}
