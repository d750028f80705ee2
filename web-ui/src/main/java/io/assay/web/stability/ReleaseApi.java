package io.assay.web.stability;

import io.assay.assertion.rule.ir.Model;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases of embeddings, for programs: what is known, whether they may go on, accepting them. */
@RestController
@RequestMapping("/api/v1/projects/{project}/embeddings")
class ReleaseApi {
  private static final String ASK_AGAIN_SECONDS = "5";
  private static final int MOST = 500;

  private final KnownReleases releases;
  private final Acceptances acceptances;

  ReleaseApi(KnownReleases releases, Acceptances acceptances) {
    this.releases = releases;
    this.acceptances = acceptances;
  }

  /**
   * A release by itself, and held against others.
   *
   * @param expected by base, the lines of the rules that judged; none where these are forgotten
   */
  record One(
      StabilityRecord release,
      List<StabilityRecord> comparisons,
      Map<String, List<Expected>> expected) {}

  /**
   * Some embeddings.
   *
   * @param declared whether the rules in force declare them
   * @param models that read them, as the rules say
   */
  record Embedded(String name, boolean declared, List<ReleaseGate.Reader> models) {
    static Embedded of(KnownReleases.Item item) {
      return new Embedded(item.name(), item.declared(), item.models());
    }
  }

  /** By name. */
  @GetMapping
  Listing<Embedded> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.within(
        releases.embeddings(project), after, limit, Embedded::of, KnownReleases.Item::name);
  }

  /** By themselves, the newest first. */
  @GetMapping("/{name}/releases")
  Listing<StabilityRecord> releases(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        releases.releases(project, name, ReleasePlace.read(after), limit + 1),
        limit,
        record -> record,
        record -> ReleasePlace.of(record).text());
  }

  @GetMapping("/{name}/releases/{release}")
  One one(@PathVariable String project, @PathVariable String name, @PathVariable String release) {
    StabilityRecord alone = releases.known(project, name, release);
    List<StabilityRecord> pairs = pairs(project, name, release);
    Map<String, List<Expected>> expected = new TreeMap<>();
    pairs.forEach(
        pair -> expected.put(pair.base(), releases.expected(project, name, pair.generation())));
    return new One(alone, pairs, expected);
  }

  /**
   * What is near the items that moved most.
   *
   * @param base null where the release was held against nothing
   * @param known false where it is not known: it was not judged yet, or before that was told
   * @param k how many neighbours of each
   * @param kept of how many items
   * @param least how far the last of those moved: no other item moved further
   * @param items the furthest first
   * @param next what {@code after} takes for those behind; null on the last part
   */
  record Near(
      @Nullable String base,
      boolean known,
      int k,
      int kept,
      double least,
      List<Neighbourhood> items,
      @Nullable String next) {
    static Near of(
        @Nullable String base,
        Optional<Neighbourhoods> around,
        Predicate<Neighbourhood> sought,
        String after,
        int limit) {
      List<Neighbourhood> all = around.map(Neighbourhoods::items).orElse(List.of());
      Listing<Neighbourhood> part =
          Listing.of(
              behind(all, after).stream().filter(sought).toList(),
              limit,
              one -> one,
              Neighbourhood::item);
      return new Near(
          base,
          around.isPresent(),
          around.map(Neighbourhoods::k).orElse(0),
          all.size(),
          all.isEmpty() ? 0 : all.getLast().displacement(),
          part.items(),
          part.next());
    }

    private static List<Neighbourhood> behind(List<Neighbourhood> all, String after) {
      if (after.isEmpty()) {
        return all;
      }
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).item().equals(after)) {
          return all.subList(i + 1, all.size());
        }
      }
      throw Refused.bad(
          "after needs an item of which it is known what is near it, got '%s'".formatted(after));
    }
  }

  /**
   * @param item only that
   * @param text only items with these letters, in either case
   * @param base against which, where not the one accepted before
   */
  @GetMapping("/{name}/releases/{release}/neighbours")
  Near neighbours(
      @PathVariable String project,
      @PathVariable String name,
      @PathVariable String release,
      @RequestParam Optional<String> item,
      @RequestParam(defaultValue = "") String text,
      @RequestParam Optional<String> base,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    StabilityRecord alone = releases.known(project, name, release);
    List<StabilityRecord> stored = pairs(project, name, release);
    String letters = text.toLowerCase(Locale.ROOT);
    Predicate<Neighbourhood> sought =
        one ->
            item.map(one.item()::equals).orElse(true)
                && one.item().toLowerCase(Locale.ROOT).contains(letters);
    if (base.isEmpty() && stored.isEmpty()) {
      return Near.of(null, Optional.empty(), sought, "", limit);
    }
    String against = base.orElseGet(() -> ReleaseGate.base(alone, stored));
    String held = pair(release, against, alone, stored).base();
    return Near.of(
        held,
        Optional.ofNullable(releases.around(project, name, release).get(held)),
        sought,
        after,
        limit);
  }

  private List<StabilityRecord> pairs(String project, String name, String release) {
    return releases.all(project, name, release).stream()
        .filter(record -> !record.base().isEmpty())
        .toList();
  }

  /** Decided answers are 200 whichever they are; 409 while the release is not judged. */
  @GetMapping("/{name}/releases/{release}/gate")
  ResponseEntity<Object> gate(
      @PathVariable String project,
      @PathVariable String name,
      @PathVariable String release,
      @RequestParam MultiValueMap<String, String> parameters) {
    GateQuery query = GateQuery.of(parameters);
    StabilityRecord alone = releases.known(project, name, release);
    if (alone.status() == ReleaseStatus.OPEN || alone.status().isMeasured()) {
      return notYet(alone, alone.why());
    }
    List<StabilityRecord> stored = pairs(project, name, release);
    List<Model> models = releases.models(project, name);
    Optional<String> late =
        alone.bases().stream().filter(base -> !isStored(base, alone, stored)).findFirst();
    if (late.isPresent()) {
      return notYet(alone, "how it differs from %s is not stored yet".formatted(late.get()));
    }
    if (!query.hasBounds()) {
      query.base().ifPresent(base -> pair(release, base, alone, stored));
      return ResponseEntity.ok(ReleaseGate.byRules(alone, stored, models));
    }
    if (query.base().isEmpty() && alone.bases().isEmpty() && stored.isEmpty()) {
      return ResponseEntity.ok(ReleaseGate.alone(alone, models));
    }
    String base = query.base().orElseGet(() -> ReleaseGate.base(alone, stored));
    StabilityRecord pair = pair(release, base, alone, stored);
    return ResponseEntity.ok(ReleaseGate.of(alone, pair, query, models));
  }

  private static StabilityRecord pair(
      String release, String base, StabilityRecord alone, List<StabilityRecord> stored) {
    return stored.stream()
        .filter(record -> record.base().equals(base))
        .findFirst()
        .orElseThrow(() -> notAgainst(release, base, alone));
  }

  /** The two stand on different partitions: the one may be stored before the other. */
  private static boolean isStored(
      String base, StabilityRecord alone, List<StabilityRecord> stored) {
    return stored.stream()
        .anyMatch(
            pair ->
                pair.base().equals(base)
                    && pair.openedMillis() >= alone.openedMillis()
                    && pair.measuredMillis() >= alone.measuredMillis());
  }

  private static Refused notAgainst(String release, String base, StabilityRecord alone) {
    return missing(
        "the release %s was not held against %s but against %s"
            .formatted(
                release,
                base,
                alone.bases().isEmpty() ? "none" : String.join(", ", alone.bases())));
  }

  private static ResponseEntity<Object> notYet(StabilityRecord alone, String why) {
    var problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.CONFLICT,
            "the release %s is %s, and cannot be decided yet; %d items have come%s"
                .formatted(
                    alone.release(),
                    alone.status().name().toLowerCase(Locale.ROOT),
                    alone.items(),
                    why.isEmpty() ? "" : ": " + why));
    problem.setProperty("status_of_release", alone.status().name().toLowerCase(Locale.ROOT));
    problem.setProperty("items", alone.items());
    return ResponseEntity.status(HttpStatus.CONFLICT)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
        .body(problem);
  }

  /** A rejected release becomes what the next is held against. */
  @PostMapping("/{name}/releases/{release}/accept")
  ResponseEntity<Object> accept(
      @PathVariable String project,
      @PathVariable String name,
      @PathVariable String release,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    acceptances.send(releases.acceptance(project, name, release, person.getUsername(), why));
    return ResponseEntity.accepted().build();
  }

  private static Refused missing(String why) {
    return new Refused(HttpStatus.NOT_FOUND, why);
  }
}
