package io.assay.web.rounds;

import io.assay.web.access.Machine;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rounds of labels, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rounds")
class RoundApi {
  private static final int SHOWN = 100;
  private static final int MOST_SHOWN = 500;
  private static final int CURVE = 20;
  private static final int MOST_ITEMS = 10_000;
  private static final int LONGEST = 200;

  private final Rounds rounds;
  private final RoundStore store;
  private final RoundProof proof;
  private final RoundArms arms;
  private final RoundSettings settings;

  RoundApi(
      Rounds rounds, RoundStore store, RoundProof proof, RoundArms arms, RoundSettings settings) {
    this.rounds = rounds;
    this.store = store;
    this.proof = proof;
    this.arms = arms;
    this.settings = settings;
  }

  /** The newest first; {@code next}: what {@code before} takes for more, null on the last part. */
  record Listed(List<Item> items, @Nullable Long next) {}

  /**
   * What arms have brought.
   *
   * @param curve how far labels have come with this round and those before it, the oldest first
   */
  record Arms(List<RoundArms.Arm> items, List<RoundArms.Step> curve) {}

  /**
   * A round.
   *
   * @param chosen how: of each strategy how many, what gained, whether it fell back
   * @param errors of those done
   * @param seenAt event time of the first event that names the version that learned from it
   */
  record Item(
      long number,
      Instant opened,
      String openedBy,
      int budget,
      String chosen,
      long items,
      long done,
      long disputed,
      long errors,
      @Nullable Instant closed,
      @Nullable String closedBy,
      @Nullable String closedWhy,
      @Nullable String trained,
      @Nullable Instant trainedAt,
      @Nullable Instant seenAt) {}

  @GetMapping
  Listed list(
      @PathVariable String project,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = "" + SHOWN) int limit) {
    if (limit < 1 || limit > MOST_SHOWN) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST_SHOWN, limit));
    }
    List<LabelRound> all = store.all(project, before, limit);
    if (all.isEmpty()) {
      return new Listed(List.of(), null);
    }
    Map<Long, RoundStore.Progress> progress =
        store.progress(project, all.getLast().number(), all.getFirst().number());
    return new Listed(
        all.stream()
            .map(
                round ->
                    item(round, progress.getOrDefault(round.number(), RoundStore.Progress.NONE)))
            .toList(),
        all.size() < limit ? null : all.getLast().number());
  }

  @GetMapping("/{number}")
  Item one(@PathVariable String project, @PathVariable long number) {
    return item(project, known(project, number));
  }

  @PostMapping
  Item open(
      @PathVariable String project,
      @RequestParam(required = false) @Nullable Integer budget,
      @AuthenticationPrincipal SignedIn person) {
    int asked = budget == null ? settings.roundSize() : budget;
    if (asked < 1 || asked > MOST_ITEMS) {
      throw Refused.bad("budget needs 1 to %,d, got %d".formatted(MOST_ITEMS, asked));
    }
    return item(project, rounds.open(project, person.getUsername(), asked));
  }

  @PostMapping("/{number}/close")
  Item close(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    return item(project, rounds.close(project, number, person.getUsername(), bounded("why", why)));
  }

  /** Declares which version of the model has learned from it. */
  @PostMapping("/{number}/trained")
  Item trained(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam String version,
      @AuthenticationPrincipal @Nullable Object who) {
    return item(project, rounds.trained(project, number, name(who), version(version)));
  }

  static String version(String text) {
    if (text.isBlank()) {
      throw Refused.bad("version needs the name of a model version");
    }
    return bounded("version", text);
  }

  /** Each assertion's rate before and after the version that learned from it. */
  @GetMapping("/{number}/proof")
  RoundProof.Proof proof(@PathVariable String project, @PathVariable long number) {
    return proof.of(project, known(project, number));
  }

  /**
   * What each arm of a round has brought of each assertion, and the curve of the rounds so far.
   *
   * @param rounds how many of the newest up to this one the curve is of
   */
  @GetMapping("/{number}/arms")
  Arms arms(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam(defaultValue = "" + CURVE) int rounds) {
    if (rounds < 1 || rounds > MOST_SHOWN) {
      throw Refused.bad("rounds needs 1 .. %d, got %d".formatted(MOST_SHOWN, rounds));
    }
    known(project, number);
    List<Long> numbers =
        store.all(project, number + 1, rounds).stream().map(LabelRound::number).toList().reversed();
    Map<Long, List<RoundArms.Arm>> drawn = arms.of(project, numbers.getFirst(), number);
    return new Arms(drawn.getOrDefault(number, List.of()), RoundArms.curve(numbers, drawn));
  }

  private LabelRound known(String project, long number) {
    return store
        .one(project, number)
        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "there is no round " + number));
  }

  private Item item(String project, LabelRound round) {
    return item(round, store.progress(project, round.number()));
  }

  private static Item item(LabelRound round, RoundStore.Progress progress) {
    return new Item(
        round.number(),
        round.opened(),
        round.openedBy(),
        round.budget(),
        round.chosen(),
        progress.items(),
        progress.done(),
        progress.disputed(),
        progress.errors(),
        round.closed().orElse(null),
        round.closedBy().isEmpty() ? null : round.closedBy(),
        round.closedWhy().isEmpty() ? null : round.closedWhy(),
        round.trained().orElse(null),
        round.trainedAt().orElse(null),
        round.seenAt().orElse(null));
  }

  private static String name(@Nullable Object who) {
    return switch (who) {
      case SignedIn person -> person.getUsername();
      case Machine machine -> machine.getName();
      case null, default -> "";
    };
  }

  private static String bounded(String what, String text) {
    if (text.length() > LONGEST) {
      throw Refused.bad(
          "%s needs at most %d characters, got %d".formatted(what, LONGEST, text.length()));
    }
    return text;
  }
}
