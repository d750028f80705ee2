package io.assay.web.firstrun;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stream's block as its last events suggest it, to be looked over: what a number's unit is, and
 * whether a value may be missing that never was, no event says.
 *
 * @param text the block; empty where no event could be read, or none says whose or when it is
 * @param trouble what someone has to do; empty where the block is whole
 */
record StreamGuess(String text, List<String> notes, Optional<String> trouble) {

  /** A block for a topic; {@code name}: of the stream. */
  static StreamGuess of(String name, String topic, EventSample sample) {
    if (sample.events().isEmpty()) {
      return none(
          sample.unreadable() > 0
              ? "none of the last %d records is a JSON object: streams read JSON, CloudEvents and what serving stacks write (docs/ingest.md)"
                  .formatted(sample.unreadable())
              : "the topic has no records yet: send some events first, as with ./assay produce");
    }
    Seen root = sample.seen();
    var candidates = new Candidates(sample, root);
    Optional<Candidates.Time> time = candidates.time();
    Optional<Candidates.Field> key = candidates.keys().stream().findFirst();
    if (time.isEmpty()) {
      return none(
          "no field is a time (RFC 3339, or seconds, millis, micros or nanos since 1970) in nearly"
              + " every event: an event needs one, so that it can be judged in its place");
    }
    if (key.isEmpty()) {
      return none(
          "no field says in nearly every event whose it is (a vehicle, a device, a customer): an"
              + " event needs a key, by which events are judged in order");
    }
    return new Writing(sample, root, candidates, time.get(), key.get()).block(name, topic);
  }

  private static StreamGuess none(String trouble) {
    return new StreamGuess("", List.of(), Optional.of(trouble));
  }

  /** A name for the stream of a topic: the last word of it that is one. */
  static String nameOf(String topic, Set<String> taken) {
    String name = "stream";
    for (String part : topic.split("[^A-Za-z0-9_]+")) {
      boolean generic = Set.of("predictions", "events", "topic", "raw", "json").contains(part);
      if (FieldGuess.WORD.matcher(part).matches() && !FieldGuess.WORDS.contains(part) && !generic) {
        name = part;
      }
    }
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + i;
    }
    return free;
  }

  /** One block as it is written. */
  private static final class Writing {
    private final EventSample sample;
    private final Seen root;
    private final Candidates candidates;
    private final Candidates.Time time;
    private final Candidates.Field key;
    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Writing(
        EventSample sample,
        Seen root,
        Candidates candidates,
        Candidates.Time time,
        Candidates.Field key) {
      this.sample = sample;
      this.root = root;
      this.candidates = candidates;
      this.time = time;
      this.key = key;
    }

    StreamGuess block(String name, String topic) {
      Optional<Candidates.Field> id = candidates.id(Optional.of(key));
      id.ifPresent(
          field ->
              lines.add(
                  "id %s string%s"
                      .formatted(named(field.path()), FieldGuess.from(field.path(), ""))));
      lines.add(
          "key %s %s%s"
              .formatted(
                  named(key.path()),
                  key.seen().isText() ? "string" : "int",
                  FieldGuess.from(key.path(), "")));
      String unit = time.unit().isEmpty() ? "timestamp" : "timestamp(" + time.unit() + ")";
      lines.add(
          "time %s %s%s"
              .formatted(
                  named(time.field().path()), unit, FieldGuess.from(time.field().path(), "")));
      notes.add(
          "key: %s has %d values in %d events%s"
              .formatted(
                  String.join(".", key.path()),
                  key.seen().values().size(),
                  sample.events().size(),
                  others()));
      lacking(key.path(), key.seen());
      lacking(time.field().path(), time.field().seen());
      id.ifPresent(
          field -> notes.add("id: each event has another " + String.join(".", field.path())));
      fields(root, id);
      if (sample.unreadable() > 0) {
        notes.add("%d records are no JSON objects".formatted(sample.unreadable()));
      }
      String text =
          "stream %s from topic \"%s\" {\n".formatted(name, topic)
              + lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining())
              + "}\n";
      return new StreamGuess(text, List.copyOf(notes), Optional.empty());
    }

    private void lacking(List<String> path, Seen seen) {
      long without = sample.events().size() - seen.present();
      if (without > 0) {
        notes.add(
            "%d events have no %s: such are put with the dead letters"
                .formatted(without, String.join(".", path)));
      }
    }

    private String others() {
      List<String> more =
          candidates.keys().stream()
              .skip(1)
              .filter(field -> field.seen().isText() || Candidates.isOwner(field))
              .filter(field -> !FieldGuess.isChoice(field.seen()))
              .limit(3)
              .map(field -> String.join(".", field.path()))
              .toList();
      return more.isEmpty() ? "" : "; it could also be " + String.join(", ", more);
    }

    private void fields(Seen record, Optional<Candidates.Field> id) {
      for (Map.Entry<String, Seen> one : record.fields().entrySet()) {
        List<String> path = List.of(one.getKey());
        boolean taken =
            path.equals(key.path())
                || path.equals(time.field().path())
                || id.filter(field -> field.path().equals(path)).isPresent();
        if (!taken) {
          FieldGuess.type(one.getValue(), sample.events().size(), one.getKey())
              .ifPresentOrElse(
                  type -> {
                    lines.add(line(one.getKey(), type, one.getValue()));
                    seen(one.getKey(), type, one.getValue());
                  },
                  () ->
                      notes.add(
                          "%s is left out: what it holds could not be seen"
                              .formatted(one.getKey())));
        }
      }
    }

    /** What the block says of it, with the reason. */
    private void seen(String name, String type, Seen seen) {
      if (type.startsWith("dyn")) {
        notes.add(
            "%s is any: it came as %s".formatted(name, String.join(" and as ", seen.kinds())));
      } else if (type.endsWith("?")) {
        notes.add(
            "%s may be missing: %d of %d events have it"
                .formatted(name, seen.present(), sample.events().size()));
      }
    }

    private String line(String name, String type, Seen seen) {
      return FieldGuess.field(name, type, names) + range(seen, type);
    }

    /** What is only known of these events is a comment. */
    private String range(Seen seen, String type) {
      boolean numeric = type.startsWith("int") || type.startsWith("double");
      boolean share = type.startsWith("double") && FieldGuess.isWithinOne(seen);
      return numeric
          ? "  # %s .. %s in the last %d events; %s"
              .formatted(
                  Offers.number(seen.least()),
                  Offers.number(seen.greatest()),
                  sample.events().size(),
                  share ? "unit not known; ratio if it is a share" : "unit not known")
          : "";
    }

    private String named(List<String> path) {
      return FieldGuess.free(FieldGuess.word(path.getLast()), names);
    }
  }
}
