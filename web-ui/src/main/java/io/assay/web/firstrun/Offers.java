package io.assay.web.firstrun;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Assertions that have proved useful, filled with a stream's own fields, and with bounds that its
 * last events suggest. They start in shadow: judged and shown, and alert nobody.
 *
 * <p>Longer than others: a gallery, one method for each kind.
 */
final class Offers {
  /** Minutes: ten of them, an hour, six, a day, a week. */
  private static final List<Long> WINDOWS = List.of(10L, 60L, 360L, 1440L, 10_080L);

  private static final int MOST_CHOICES = 12;
  private static final int FEWEST_OF_EACH = 3;

  private final StreamType stream;
  private final EventSample sample;
  private final Seen seen;
  private final Pace pace;
  private final List<StreamType> others;
  private final List<Offer> found = new ArrayList<>();

  /**
   * One assertion.
   *
   * @param kind which of {@code firstrun.offer.*} says what it is for
   * @param name of the assertion
   * @param text its block
   */
  record Offer(String kind, String name, String text) {}

  private Offers(StreamType stream, EventSample sample, List<StreamType> others) {
    this.stream = stream;
    this.sample = sample;
    this.seen = sample.seen();
    this.pace = new Pace(sample, seen, stream);
    this.others = others;
  }

  /**
   * Those for which the stream has the fields, the most telling first.
   *
   * @param sample its last events
   * @param others streams that may see the same
   */
  static List<Offer> of(StreamType stream, EventSample sample, List<StreamType> others) {
    var offers = new Offers(stream, sample, others);
    offers.ofElements();
    offers.ofStates();
    offers.ofNumbers();
    offers.ofGaps();
    offers.ofTheStream();
    offers.ofTwo();
    return List.copyOf(offers.found);
  }

  private void add(String kind, String of, String sentence, String body) {
    String name = stream.name() + '_' + kind + (of.isEmpty() ? "" : '_' + of);
    found.add(
        new Offer(
            kind,
            name,
            "assertion %s on %s \"%s\" {\n%s  mode shadow\n}\n"
                .formatted(name, stream.name(), sentence, body)));
  }

  private List<StructType.Field> ofType(Predicate<Type> which) {
    return fields(field -> which.test(field.type()));
  }

  private List<StructType.Field> fields(Predicate<StructType.Field> which) {
    return stream.root().fields().stream()
        .filter(field -> !field.equals(stream.key()) && !field.equals(stream.time()))
        .filter(field -> !stream.id().equals(Optional.of(field)))
        .filter(which)
        .toList();
  }

  private static boolean isNumber(Type type) {
    return type == Type.Basic.INT || type == Type.Basic.DOUBLE;
  }

  private static boolean isState(Type type) {
    return type instanceof Type.EnumOf || type == Type.Basic.STRING || type == Type.Basic.BOOL;
  }

  /** Lists of things that come and go. */
  private void ofElements() {
    for (StructType.Field list : ofType(type -> elements(type).isPresent())) {
      StructType element = elements(list.type()).orElseThrow();
      Optional<StructType.Field> track =
          first(element, field -> named(field, "track", "id", "object_id", "track_id", "identity"));
      Optional<StructType.Field> area = first(element, field -> field.type() == Type.Basic.RECT);
      Optional<StructType.Field> label =
          first(element, field -> named(field, "label", "class", "kind", "category", "type"));
      Optional<String> identity =
          track
              .map(field -> "e." + field.name())
              .or(() -> area.map(field -> "overlap(e.%s) >= 0.3".formatted(field.name())));
      String each = "  each e in %s\n".formatted(list.name());
      identity.ifPresent(
          who -> {
            String same = each + "  identity %s\n".formatted(who);
            add(
                "flicker",
                list.name(),
                "nothing vanishes and comes back within half a second",
                same + "  absent less than 500ms\n  explain \"it was gone for {gap}\"\n");
            add(
                "blink",
                list.name(),
                "nothing exists for only a blink",
                same + "  present less than 300ms\n  explain \"it lived only {lifetime}\"\n");
            label.ifPresent(
                field ->
                    add(
                        "label",
                        list.name(),
                        "a thing keeps its " + field.name(),
                        same
                            + "  consistent e.%s within 2s\n".formatted(field.name())
                            + "  explain \"it was called {from}, then {to}\"\n"));
          });
      area.ifPresent(
          field ->
              add(
                  "pile",
                  list.name(),
                  "three boxes do not sit on one thing",
                  "  expect !clusters(%s, a, b, iou(a.%s, b.%s) >= 0.5).exists(c, size(c) >= 3)\n"
                      .formatted(list.name(), field.name(), field.name())));
    }
  }

  private static Optional<StructType> elements(Type type) {
    return type instanceof Type.ListOf(StructType struct) ? Optional.of(struct) : Optional.empty();
  }

  private static Optional<StructType.Field> first(
      StructType struct, Predicate<StructType.Field> which) {
    return struct.fields().stream().filter(which).findFirst();
  }

  private static boolean named(StructType.Field field, String... names) {
    return List.of(names).contains(field.name().toLowerCase(Locale.ROOT))
        && (isState(field.type()) || field.type() == Type.Basic.INT);
  }

  /** Values that are one of a few for a while. */
  private void ofStates() {
    for (StructType.Field field : fields(this::isChoice)) {
      way(field).ifPresent(way -> onTheWay(field, way));
      add(
          "returns",
          field.name(),
          field.name() + " does not change for a moment and back",
          "  returns %s through at most 1 events\n  explain \"{from} became {to}, and {from} again\"\n"
              .formatted(field.name()));
      if (field.type() == Type.Basic.STRING) {
        List<String> texts = values(field).map(Seen::texts).orElse(List.of());
        add(
            "known",
            field.name(),
            field.name() + " is one that is known",
            "  expect %s in [%s]%s\n  explain \"nobody knows the %s {%s}\"\n"
                .formatted(
                    field.name(),
                    texts.stream().map(Offers::quoted).collect(Collectors.joining(", ")),
                    whenPresent(field),
                    field.name(),
                    field.name()));
      }
      add(
          "mix",
          field.name(),
          "the shares of " + field.name() + " are those of the hours before",
          shifts(field.name()));
    }
  }

  /** An enum, or a text of which few different ones came, each several times. */
  private boolean isChoice(StructType.Field field) {
    if (field.type() != Type.Basic.STRING) {
      return field.type() instanceof Type.EnumOf;
    }
    return values(field)
        .filter(one -> one.values().size() > 1 && one.values().size() <= MOST_CHOICES)
        .filter(one -> one.present() >= (long) FEWEST_OF_EACH * one.values().size())
        .filter(
            one -> one.texts().stream().allMatch(text -> text.matches("[^\"\\\\\\p{Cntrl}]{1,40}")))
        .isPresent();
  }

  private Optional<StatusOrder> way(StructType.Field field) {
    return StatusOrder.of(sample, stream, field.source().path())
        .filter(way -> way.ranks().keySet().stream().noneMatch(value -> value.contains("\"")));
  }

  private void onTheWay(StructType.Field field, StatusOrder way) {
    String ranks =
        way.ranks().entrySet().stream()
            .map(one -> quoted(one.getKey()) + ": " + one.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    add(
        "back",
        field.name(),
        field.name() + " goes on, and not back",
        "  change %s[previous.%s] - %s[%s] at most 0 per 1s\n"
                .formatted(ranks, field.name(), ranks, field.name())
            + "  explain \"{%s} went back from {previous.%s} to {%s}\"\n"
                .formatted(stream.key().name(), field.name(), field.name()));
    if (!way.ends().isEmpty()) {
      add(
          "stuck",
          field.name(),
          "nothing stays where its %s is not the last".formatted(field.name()),
          "  where %s\n  silence at most %s\n"
                  .formatted(
                      way.ends().stream()
                          .map(end -> "%s != %s".formatted(field.name(), quoted(end)))
                          .collect(Collectors.joining(" && ")),
                      quiet())
              + "  explain \"{%s} was {%s} for {silent}\"\n"
                  .formatted(stream.key().name(), field.name()));
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String whenPresent(StructType.Field field) {
    return field.optional() ? " when present" : "";
  }

  private void ofNumbers() {
    for (StructType.Field field : ofType(Offers::isNumber)) {
      Optional<Seen> values = values(field);
      double low = values.map(one -> one.quantile(0.01)).orElse(0.0);
      double high = values.map(one -> one.quantile(0.99)).orElse(100.0);
      double spread = Math.max(high - low, Math.max(Math.abs(high), 1) / 100);
      boolean whole = field.type() == Type.Basic.INT;
      add(
          "range",
          field.name(),
          field.name() + " stays where it belongs",
          "  expect %s in %s .. %s%s\n  explain \"%s is {%s}\"\n"
              .formatted(
                  field.name(),
                  bound(low - spread / 2, whole, low >= 0),
                  bound(high + spread / 2, whole, false),
                  whenPresent(field),
                  field.name(),
                  field.name()));
      add(
          "jump",
          field.name(),
          field.name() + " does not jump",
          "  change %s at most %s per 1s\n  explain \"%s moved by {value} in {elapsed}\"\n"
              .formatted(
                  field.name(),
                  bound(Math.max(pace(field, spread), whole ? 1 : 0), whole, true),
                  field.name()));
      add(
          "drift",
          field.name(),
          field.name() + " is spread as in the hours before",
          shifts(field.name()));
    }
    for (StructType.Field field : ofType(type -> type == Type.Basic.RATIO)) {
      add(
          "sure",
          field.name(),
          "the model is not unsure all the time",
          "  window tumbling %s at least 50 events\n  expect mean(%s) >= %s\n"
              .formatted(
                  window(10, 50),
                  field.name(),
                  number(values(field).map(one -> one.quantile(0.5) / 2).orElse(0.5))));
    }
  }

  /** Held against three windows before. */
  private String shifts(String name) {
    long minutes = minutes(60, 100);
    return "  window tumbling %s at least 100 events\n  expect psi(%s, baseline(last %s)) < 0.2\n"
        .formatted(span(minutes), name, span(3 * minutes));
  }

  private String window(long atLeast, int events) {
    return span(minutes(atLeast, events));
  }

  /** How long a window is, so that twice as many events as it needs come in it. */
  private long minutes(long atLeast, int events) {
    double needed = pace.eventsPerSecond().orElse(1) * 60;
    return WINDOWS.stream()
        .filter(minutes -> minutes >= atLeast && minutes * needed >= 2 * events)
        .findFirst()
        .orElse(WINDOWS.getLast());
  }

  private static String span(long minutes) {
    return minutes % 1440 == 0
        ? minutes / 1440 + "d"
        : minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "min";
  }

  private Optional<Seen> values(StructType.Field field) {
    return Pace.at(seen, field.source().path());
  }

  /** Three times as fast as nearly all were. */
  private double pace(StructType.Field field, double spread) {
    double seen = pace.change(field.source().path()).orElse(spread);
    return seen > 0 ? 3 * seen : spread;
  }

  private static String bound(double value, boolean whole, boolean notBelowZero) {
    double kept = notBelowZero ? Math.max(0, value) : value;
    return whole ? Long.toString(Math.round(kept)) : number(kept);
  }

  /** Three digits are enough for a bound; with a point, as doubles are written. */
  static String number(double value) {
    String text =
        BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    return text.contains(".") ? text : text + ".0";
  }

  /** What may be missing, and mostly is not. */
  private void ofGaps() {
    for (StructType.Field field : ofType(type -> !(type instanceof Type.ListOf))) {
      if (field.optional()) {
        add(
            "missing",
            field.name(),
            field.name() + " mostly comes",
            "  window tumbling %s at least 50 events\n  expect missing(%s) < %d%%\n"
                .formatted(window(10, 50), field.name(), mostMissing(field)));
      }
    }
  }

  /** Percent: half as much again as was missing, but 10 at least. */
  private long mostMissing(StructType.Field field) {
    long all = sample.events().size();
    double missing = all == 0 ? 0 : 1 - values(field).map(Seen::present).orElse(0L) / (double) all;
    return Math.min(99, Math.max(10, Math.round(150 * missing)));
  }

  private void ofTheStream() {
    add(
        "silence",
        "",
        "whoever speaks goes on speaking",
        "  silence at most %s\n  explain \"{%s} was silent for {silent}\"\n"
            .formatted(quiet(), stream.key().name()));
  }

  /** Ten times as long as nearly all pauses were, but a second at least. */
  private String quiet() {
    double seconds = Math.max(1, 10 * pace.gap().orElse(6));
    return seconds < 120
        ? Math.round(seconds) + "s"
        : seconds < 7200 ? Math.round(seconds / 60) + "min" : Math.round(seconds / 3600) + "h";
  }

  /** Two streams with the same keys should say the same. */
  private void ofTwo() {
    for (StreamType other : others) {
      Map<String, StructType.Field> theirs = new TreeMap<>();
      other.root().fields().forEach(field -> theirs.put(field.name(), field));
      boolean sameKey =
          other.key().type().equals(stream.key().type()) && !other.name().equals(stream.name());
      for (StructType.Field field :
          sameKey ? ofType(Offers::isNumber) : List.<StructType.Field>of()) {
        StructType.Field theirsOf = theirs.get(field.name());
        if (theirsOf != null && isNumber(theirsOf.type())) {
          double spread =
              values(field).map(one -> one.quantile(0.99) - one.quantile(0.01)).orElse(1.0);
          add(
              "agree",
              field.name() + '_' + other.name(),
              "%s and %s say the same of %s".formatted(stream.name(), other.name(), field.name()),
              "  join %s within 1s\n  expect abs(double(%s.%s) - double(%s.%s)) <= %s\n"
                  .formatted(
                      other.name(),
                      stream.name(),
                      field.name(),
                      other.name(),
                      field.name(),
                      number(Math.max(spread / 10, 0.01))));
        }
      }
      for (StructType.Field list :
          sameKey ? ofType(type -> elements(type).isPresent()) : List.<StructType.Field>of()) {
        StructType.Field theirsOf = theirs.get(list.name());
        if (theirsOf != null && elements(theirsOf.type()).isPresent()) {
          add(
              "count",
              list.name() + '_' + other.name(),
              "%s and %s see about as many %s".formatted(stream.name(), other.name(), list.name()),
              "  join %s within 100ms\n  expect abs(size(%s.%s) - size(%s.%s)) <= 2\n"
                  .formatted(other.name(), stream.name(), list.name(), other.name(), list.name()));
        }
      }
    }
  }
}
