package io.assay.web.alerts;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.assertion.alert.Silence;
import io.assay.web.access.Audit;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people see of alerts and do about them; each change with its actor. */
@Service
class AlertDesk {
  private static final int LONGEST_COMMENT = 1_000;
  private static final Duration LONGEST_SILENCE = Duration.ofDays(366);

  private final AlertQueries alerts;
  private final AlertStore store;
  private final SilenceStore silences;
  private final Audit audit;
  private final Clock clock;

  AlertDesk(
      AlertQueries alerts, AlertStore store, SilenceStore silences, Audit audit, Clock clock) {
    this.alerts = alerts;
    this.store = store;
    this.silences = silences;
    this.audit = audit;
    this.clock = clock;
  }

  AlertItem one(String project, String fingerprint) {
    Instant now = clock.instant();
    return alerts
        .one(project, fingerprint)
        .map(alert -> AlertItem.of(alert, silences.current(project, now), now))
        .orElseThrow(() -> missing(fingerprint));
  }

  private static Refused missing(String fingerprint) {
    return new Refused(
        HttpStatus.NOT_FOUND, "there is no alert '%s' that fires or waits".formatted(fingerprint));
  }

  /** It is not told again before it is over. */
  @Transactional
  public void acknowledge(String project, String fingerprint, String by) {
    if (!alerts.acknowledge(project, fingerprint, by, now())) {
      throw new Refused(
          HttpStatus.NOT_FOUND, "there is no alert '%s' that fires".formatted(fingerprint));
    }
    audit.note(project, by, "alert.acknowledged", fingerprint, "");
  }

  /**
   * A silence as it is asked for.
   *
   * @param matchers such as {@code level="critical"}, all of which must match
   * @param starts RFC 3339; empty for now
   * @param ends RFC 3339, or a duration from its start: {@code 2h}, {@code 90min}, {@code 3d}
   */
  record Wish(List<String> matchers, String starts, String ends, String comment) {}

  @Transactional
  public SilenceStore.Stored silence(String project, Wish wish, String by) {
    if (wish.comment().length() > LONGEST_COMMENT || wish.comment().isBlank()) {
      throw Refused.bad("a silence needs a comment of at most 1,000 characters");
    }
    Silence silence = read(wish);
    if (!silence.ends().isAfter(clock.instant())) {
      throw Refused.bad("a silence needs an end to come, got " + silence.ends());
    }
    if (Duration.between(silence.starts(), silence.ends()).compareTo(LONGEST_SILENCE) > 0) {
      throw Refused.bad("a silence lasts a year at most; whatever lasts longer is a rule");
    }
    long id = silences.add(project, silence, by, clean(wish.comment()), now());
    store.shelve(project, current(project), now());
    audit.note(
        project,
        by,
        "silence.created",
        Long.toString(id),
        "%s until %s"
            .formatted(
                String.join(", ", silence.matchers().stream().map(LabelMatcher::written).toList()),
                silence.ends()));
    return silences.one(project, id).orElseThrow();
  }

  private Silence read(Wish wish) {
    try {
      Instant starts =
          wish.starts().isBlank()
              ? now()
              : read("starts", wish.starts(), text -> GivenTime.parse(text));
      return new Silence(
          wish.matchers().stream()
              .map(String::strip)
              .filter(text -> !text.isEmpty())
              .map(text -> LabelMatcher.read(clean(text)))
              .toList(),
          starts,
          read("ends", wish.ends(), text -> ends(starts, text)));
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad(String.valueOf(wrong.getMessage()));
    }
  }

  private static Instant read(String name, String given, Function<String, Instant> reader) {
    try {
      return reader.apply(given.strip());
    } catch (DateTimeException wrong) {
      throw Refused.bad(
          "%s needs %s%s, got '%s'"
              .formatted(
                  name,
                  GivenTime.NEEDED,
                  name.equals("ends") ? ", or a duration such as 90min, 2h or 3d" : "",
                  given));
    }
  }

  private static Instant ends(Instant starts, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (var unit :
        List.of(
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)))) {
      if (lower.matches("[0-9]{1,6}" + unit.getKey())) {
        long count = Long.parseLong(lower.substring(0, lower.length() - unit.getKey().length()));
        return GivenTime.within(starts.plus(unit.getValue().multipliedBy(count)));
      }
    }
    return GivenTime.parse(text);
  }

  /** PostgreSQL knows no U+0000. */
  private static String clean(String text) {
    return text.replace('\u0000', '\uFFFD');
  }

  /** Ended, not deleted: whoever asks later why nobody was told, sees it. */
  @Transactional
  public SilenceStore.Stored end(String project, long id, String by) {
    if (silences.one(project, id).isEmpty()) {
      throw new Refused(HttpStatus.NOT_FOUND, "there is no silence " + id);
    }
    if (!silences.end(project, id, by, now())) {
      throw new Refused(HttpStatus.CONFLICT, "silence %d is over".formatted(id));
    }
    store.shelve(project, current(project), now());
    audit.note(project, by, "silence.ended", Long.toString(id), "");
    return silences.one(project, id).orElseThrow();
  }

  private List<Silence> current(String project) {
    return silences.current(project, clock.instant()).stream()
        .map(SilenceStore.Stored::silence)
        .toList();
  }

  /** Those that are on, or will be, newest first, before one. */
  List<SilenceStore.Stored> currentSilences(String project, long before, int most) {
    return silences.current(project, clock.instant(), before, most);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
