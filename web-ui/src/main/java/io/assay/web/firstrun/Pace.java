package io.assay.web.firstrun;

import io.assay.assertion.event.StreamType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** How quickly events of a key follow each other, and how fast their numbers change. */
final class Pace {
  private final EventSample sample;
  private final StreamType stream;
  private final String unit;

  /** {@code seen}: all of the sample. */
  Pace(EventSample sample, Seen seen, StreamType stream) {
    this.sample = sample;
    this.stream = stream;
    this.unit = at(seen, stream.time().source().path()).flatMap(Candidates::unit).orElse("millis");
  }

  static Optional<Seen> at(Seen root, List<String> path) {
    Seen at = root;
    for (String step : path) {
      Seen next = at.fields().get(step);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** Seconds that nearly all are at most apart; empty where no key came twice. */
  OptionalDouble gap() {
    List<Double> gaps = new ArrayList<>();
    Map<String, Double> last = new HashMap<>();
    for (EventSample.Sampled one : sample.events()) {
      double now = seconds(one.event());
      Double before = last.put(key(one.event()), now);
      if (before != null && now > before) {
        gaps.add(now - before);
      }
    }
    return nearlyAll(gaps);
  }

  /** Of all keys together; empty of fewer than two events, or where no time passes. */
  OptionalDouble eventsPerSecond() {
    List<Double> times =
        sample.events().stream().map(one -> seconds(one.event())).filter(at -> at > 0).toList();
    double first = times.stream().mapToDouble(at -> at).min().orElse(0);
    double last = times.stream().mapToDouble(at -> at).max().orElse(0);
    return last > first ? OptionalDouble.of(times.size() / (last - first)) : OptionalDouble.empty();
  }

  /** How much a number changes in a second, of nearly all pairs of events; empty likewise. */
  OptionalDouble change(List<String> path) {
    record At(double seconds, double value) {}
    List<Double> changes = new ArrayList<>();
    Map<String, At> last = new HashMap<>();
    for (EventSample.Sampled one : sample.events()) {
      JsonNode value = node(one.event(), path);
      if (value.isNumber()) {
        var now = new At(seconds(one.event()), value.asDouble());
        At before = last.put(key(one.event()), now);
        if (before != null && now.seconds() > before.seconds()) {
          changes.add(Math.abs(now.value() - before.value()) / (now.seconds() - before.seconds()));
        }
      }
    }
    return nearlyAll(changes);
  }

  private static OptionalDouble nearlyAll(List<Double> values) {
    Collections.sort(values);
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.get((int) Math.round(0.99 * (values.size() - 1))));
  }

  private String key(JsonNode event) {
    return Candidates.text(event, stream.key().source().path());
  }

  private double seconds(JsonNode event) {
    JsonNode at = node(event, stream.time().source().path());
    if (at.isNumber()) {
      double scale =
          switch (unit) {
            case "seconds" -> 1;
            case "micros" -> 1e6;
            case "nanos" -> 1e9;
            default -> 1e3;
          };
      return at.asDouble() / scale;
    }
    try {
      Instant instant = OffsetDateTime.parse(at.asString("")).toInstant();
      return instant.getEpochSecond() + instant.getNano() / 1e9;
    } catch (DateTimeException none) {
      return 0;
    }
  }

  private static JsonNode node(JsonNode event, List<String> path) {
    JsonNode at = event;
    for (String step : path) {
      at = at.path(step);
    }
    return at;
  }
}
