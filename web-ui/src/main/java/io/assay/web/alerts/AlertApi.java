package io.assay.web.alerts;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.web.access.SignedIn;
import io.assay.web.rules.UnusableTargets;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts, their history, and silences, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/alerts")
class AlertApi {
  private static final int MOST = 500;

  private final AlertDesk desk;
  private final AlertList list;
  private final AlertQueries alerts;
  private final SilenceStore silences;
  private final UnusableTargets targets;
  private final AlertSettings settings;
  private final Clock clock;

  AlertApi(
      AlertDesk desk,
      AlertList list,
      AlertQueries alerts,
      SilenceStore silences,
      UnusableTargets targets,
      AlertSettings settings,
      Clock clock) {
    this.desk = desk;
    this.list = list;
    this.alerts = alerts;
    this.silences = silences;
    this.targets = targets;
    this.settings = settings;
    this.clock = clock;
  }

  /** A part of those that fire or wait; without {@code next} it is the last. */
  record Listing(List<AlertItem> items, @Nullable String next) {}

  /**
   * How alerts stand.
   *
   * @param counts how many fire, wait, are silenced or acknowledged, each up to 10,000
   * @param looked when conditions were looked at last; null where they never were
   * @param late whether that is longer ago than it should be
   * @param assertions of which alerts have ever changed
   * @param unusable targets of the active rules that no alert can be sent to
   */
  record State(
      Map<String, Long> counts,
      @Nullable Instant looked,
      boolean late,
      List<String> assertions,
      List<UnusableTargets.UnusableTarget> unusable) {}

  /** A part of the history; without {@code next} it is the last. */
  record History(List<AlertQueries.Change> items, @Nullable String next) {}

  /** A part of the silences; without {@code next} it is the last. */
  record Silences(List<SilenceItem> items, @Nullable String next) {}

  /**
   * A silence.
   *
   * @param state {@code active}, {@code pending} or {@code expired}, as Alertmanager has it
   */
  record SilenceItem(
      String id,
      String state,
      List<String> matchers,
      Instant starts,
      Instant ends,
      String author,
      String comment,
      @Nullable String endedBy) {
    static SilenceItem of(SilenceStore.Stored stored, Instant now) {
      boolean over = !now.isBefore(stored.silence().ends());
      return new SilenceItem(
          Long.toString(stored.id()),
          over ? "expired" : stored.silence().isOn(now) ? "active" : "pending",
          stored.silence().matchers().stream().map(LabelMatcher::written).toList(),
          stored.silence().starts(),
          stored.silence().ends(),
          stored.author(),
          stored.comment(),
          stored.endedBy().orElse(null));
    }
  }

  /** A silence that is wanted. */
  record SilenceWish(
      @Nullable List<String> matchers,
      @Nullable String starts,
      @Nullable String ends,
      @Nullable String comment) {}

  /**
   * {@code state}: firing, pending, silenced or acknowledged, of each part; {@code assertion} and
   * {@code level}: of this alone; {@code sort=oldest}: of each shelf the oldest first; {@code
   * after}: the former {@code next}.
   */
  @GetMapping
  Listing open(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String level,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "" + AlertList.MOST) int limit) {
    if (limit < 1 || limit > AlertList.MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(AlertList.MOST, limit));
    }
    String wanted = state.toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty()
        && !List.of("firing", "pending", "silenced", "acknowledged").contains(wanted)) {
      throw Refused.bad(
          "state needs firing, pending, silenced or acknowledged, got '%s'".formatted(state));
    }
    AlertFilter filter =
        AlertFilter.of(Map.of("assertion", assertion, "level", level, "sort", sort));
    AlertList.Items part = list.open(project, filter, AlertPlace.read(after), limit);
    return new Listing(
        part.items().stream().filter(item -> wanted.isEmpty() || isIn(item, wanted)).toList(),
        part.next());
  }

  private static boolean isIn(AlertItem item, String wanted) {
    return item.state().equals(wanted)
        || (wanted.equals("silenced") && !item.silencedBy().isEmpty())
        || (wanted.equals("acknowledged") && item.acknowledgedBy() != null);
  }

  /** How many there are, when somebody looked last, and what no alert can be sent to. */
  @GetMapping("/state")
  State state(@PathVariable String project) {
    Optional<Instant> looked = alerts.looked(project);
    return new State(
        list.counts(project),
        looked.orElse(null),
        looked.filter(last -> last.plus(settings.late()).isBefore(clock.instant())).isPresent(),
        alerts.assertions(project),
        targets.of(project));
  }

  @GetMapping("/{fingerprint}")
  AlertItem one(@PathVariable String project, @PathVariable String fingerprint) {
    return desk.one(project, fingerprint);
  }

  @PostMapping("/{fingerprint}/acknowledge")
  AlertItem acknowledge(
      @PathVariable String project,
      @PathVariable String fingerprint,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    desk.acknowledge(project, fingerprint, name(person));
    return desk.one(project, fingerprint);
  }

  /** Newest first; {@code before} takes what the former answer named {@code next}. */
  @GetMapping("/history")
  History history(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String fingerprint,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "50") int limit) {
    List<AlertQueries.Change> found =
        alerts.history(
            project,
            fingerprint,
            AlertFilter.ofAssertion(assertion),
            cursor(before),
            checked(limit) + 1);
    List<AlertQueries.Change> shown = found.stream().limit(limit).toList();
    return new History(shown, found.size() > limit ? Long.toString(shown.getLast().id()) : null);
  }

  /** Newest first, those that are over too; {@code before} as for the history. */
  @GetMapping("/silences")
  Silences silences(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "50") int limit) {
    Instant now = clock.instant();
    List<SilenceStore.Stored> found = silences.all(project, cursor(before), checked(limit) + 1);
    List<SilenceStore.Stored> shown = found.stream().limit(limit).toList();
    return new Silences(
        shown.stream().map(one -> SilenceItem.of(one, now)).toList(),
        found.size() > limit ? Long.toString(shown.getLast().id()) : null);
  }

  @PostMapping("/silences")
  ResponseEntity<SilenceItem> silence(
      @PathVariable String project,
      @RequestBody SilenceWish wish,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    SilenceStore.Stored made =
        desk.silence(
            project,
            new AlertDesk.Wish(
                Objects.requireNonNullElse(wish.matchers(), List.of()),
                Objects.requireNonNullElse(wish.starts(), ""),
                Objects.requireNonNullElse(wish.ends(), ""),
                Objects.requireNonNullElse(wish.comment(), "")),
            name(person));
    return ResponseEntity.status(HttpStatus.CREATED).body(SilenceItem.of(made, clock.instant()));
  }

  @PostMapping("/silences/{silence}/end")
  SilenceItem end(
      @PathVariable String project,
      @PathVariable String silence,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    return SilenceItem.of(desk.end(project, number(silence), name(person)), clock.instant());
  }

  private static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    return limit;
  }

  private static long cursor(String text) {
    return text.isEmpty() ? Long.MAX_VALUE : number(text);
  }

  static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Refused.bad("a number was needed, got '%s'".formatted(text));
    }
    return Long.parseLong(text);
  }

  private static String name(@Nullable SignedIn person) {
    return person == null ? "" : person.name();
  }
}
