package io.assay.web.firstrun;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which fields may say whose an event is, when it was, and what it is called. */
final class Candidates {
  private static final Pattern TIMELY =
      Pattern.compile(
          "(at|ts|time|timestamp|date|when|.*_at|.*_ts|.*time|.*timestamp|.*_time|created|captured|occurred)");

  private static final Pattern OWNER =
      Pattern.compile(
          "(key|.*vehicle.*|.*device.*|.*sensor.*|.*user.*|.*customer.*|.*applicant.*|.*account.*|.*host.*"
              + "|.*camera.*|.*station.*|.*machine.*|.*patient.*|.*session.*|.*client.*|.*track.*"
              + "|.*parcel.*|.*shipment.*|.*package.*|.*order.*|.*invoice.*|.*ticket.*|.*asset.*"
              + "|.*meter|.*member.*|.*driver.*|.*loan.*|.*trip.*|.*item.*|.*_?id)");

  private static final Pattern NAME =
      Pattern.compile(
          "(id|uuid|guid|.*_id|.*Id|prediction|application|event|request|message|order)");

  private static final double FIRST_SECOND = 946_684_800; // the year 2000
  private static final double LAST_SECOND = 4_102_444_800.0; // the year 2100

  private final EventSample sample;
  private final List<Field> fields = new ArrayList<>();

  /** A scalar that nearly every event has. */
  record Field(List<String> path, Seen seen) {
    String last() {
      return path.getLast();
    }
  }

  /**
   * When an event was.
   *
   * @param unit as a timestamp's type has it; empty for a text
   */
  record Time(Field field, String unit) {}

  Candidates(EventSample sample, Seen root) {
    this.sample = sample;
    collect(List.of(), root);
  }

  private void collect(List<String> above, Seen record) {
    record
        .fields()
        .forEach(
            (name, seen) -> {
              var path = new ArrayList<>(above);
              path.add(name);
              if (seen.isRecord() && path.size() < 3) {
                collect(path, seen);
              } else if (seen.present() >= Seen.NEARLY_ALL * sample.events().size()) {
                fields.add(new Field(List.copyOf(path), seen));
              }
            });
  }

  /** The likeliest; by name first, then the one that stands first. */
  Optional<Time> time() {
    return fields.stream()
        .flatMap(field -> unit(field.seen()).map(unit -> new Time(field, unit)).stream())
        .max(
            Comparator.comparingInt(
                (Time time) ->
                    TIMELY.matcher(time.field().last().toLowerCase(Locale.ROOT)).matches()
                        ? 1
                        : 0));
  }

  /** Of whole numbers that are seconds since 1970 between 2000 and 2100, or parts of them. */
  static Optional<String> unit(Seen seen) {
    if (seen.isMostlyTimeText()) {
      return Optional.of("");
    }
    if (!seen.isNumber()) {
      return Optional.empty();
    }
    double low = seen.least();
    double high = seen.greatest();
    double scale = 1;
    for (String unit : List.of("seconds", "millis", "micros", "nanos")) {
      boolean whole = seen.isWhole() || unit.equals("seconds");
      if (whole && low >= FIRST_SECOND * scale && high <= LAST_SECOND * scale) {
        return Optional.of(unit);
      }
      scale *= 1000;
    }
    return Optional.empty();
  }

  /** The likeliest first; a field of which each event has another is none. */
  List<Field> keys() {
    return fields.stream()
        .filter(field -> field.seen().isText() || field.seen().isWhole())
        .filter(field -> unit(field.seen()).isEmpty())
        .filter(field -> score(field) > 0)
        .sorted(Comparator.comparingDouble(this::score).reversed())
        .toList();
  }

  private double score(Field field) {
    double score = field.seen().isText() ? 1 : 0.4;
    if (isRecordsKey(field)) {
      score += 6;
    }
    if (isOwner(field)) {
      score += 2;
    }
    if (FieldGuess.isChoice(field.seen())) {
      score -= 0.5;
    }
    double different = field.seen().values().size() / (double) Math.max(1, sample.events().size());
    if (different > 0.5 && field.seen().isUnique()) {
      score -= 4;
    }
    // A few values that come again and again name a kind rather than someone.
    return score - 0.1 * field.path().size() - (field.seen().isWhole() && different < 0.02 ? 1 : 0);
  }

  /** Whether it is called as one whose events these may be. */
  static boolean isOwner(Field field) {
    return OWNER.matcher(field.last().toLowerCase(Locale.ROOT)).matches();
  }

  private boolean isRecordsKey(Field field) {
    long with = sample.events().stream().filter(one -> !one.key().isEmpty()).count();
    return with > 0
        && with
            == sample.events().stream()
                .filter(one -> !one.key().isEmpty())
                .filter(one -> text(one.event(), field.path()).equals(one.key()))
                .count();
  }

  static String text(JsonNode event, List<String> path) {
    JsonNode at = event;
    for (String step : path) {
      at = at.path(step);
    }
    return at.asString("");
  }

  /** A name of which each event has another; not the key. */
  Optional<Field> id(Optional<Field> key) {
    return fields.stream()
        .filter(field -> field.seen().isText() && field.seen().isUnique())
        .filter(field -> !field.seen().isTimeText() && !key.equals(Optional.of(field)))
        .filter(field -> NAME.matcher(field.last()).matches())
        .findFirst();
  }
}
