package io.assay.web.aside;

import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.Ends;
import io.assay.stream.repair.Position;
import io.assay.web.system.Address;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for, exactly as the address says.
 *
 * @param late those that came too late or from the future; else dead letters
 * @param after where the page before ended
 * @param parameters those that were given, readable or not, by name
 * @param problems what cannot be read, as sentences; it filters nothing
 */
record AsideQuery(
    boolean late,
    AsideFilter filter,
    Optional<Position> after,
    Map<String, String> parameters,
    List<String> problems) {
  private static final String UP_TO = "upTo";
  private static final List<String> NAMES =
      List.of("late", "stream", "cause", "since", "until", "source", UP_TO);

  static AsideQuery of(String project, Map<String, String> query) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) {
      String value = query.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    }
    List<String> problems = new ArrayList<>();
    Instant since = time("since", given, problems);
    Instant until = time("until", given, problems);
    GivenTime.reversed("since", since, "until", until).ifPresent(problems::add);
    var filter =
        new AsideFilter(
            project,
            given.get("stream"),
            given.get("cause"),
            since == null ? null : since.toEpochMilli(),
            until == null ? null : until.toEpochMilli(),
            given.get("source"),
            ends(given, problems));
    String after = query.getOrDefault("after", "").strip();
    Optional<Position> from = Position.parse(after);
    if (!after.isEmpty() && from.isEmpty()) {
      problems.add("after needs PARTITION@OFFSET such as 2@17, got '" + after + "'");
    }
    String late = given.getOrDefault("late", "false");
    if (!late.equals("true") && !late.equals("false")) {
      problems.add("late needs true or false, got '" + late + "'");
    }
    return new AsideQuery(late.equals("true"), filter, from, Map.copyOf(given), problems);
  }

  private static @Nullable Ends ends(Map<String, String> given, List<String> problems) {
    String text = given.get(UP_TO);
    Optional<Ends> ends = text == null ? Optional.empty() : Ends.parse(text);
    if (text != null && ends.isEmpty()) {
      problems.add("upTo needs what a replay answers, such as 0@17,1@25, got '" + text + "'");
    }
    return ends.orElse(null);
  }

  private static @Nullable Instant time(
      String name, Map<String, String> given, List<String> problems) {
    String text = given.get(name);
    if (text == null) {
      return null;
    }
    try {
      return GivenTime.parse(text);
    } catch (DateTimeException wrong) {
      problems.add("%s needs %s, got '%s'".formatted(name, GivenTime.NEEDED, text));
      return null;
    }
  }

  /**
   * @throws Refused where something cannot be read
   */
  AsideQuery requireClear() {
    if (!problems.isEmpty()) {
      throw Refused.bad(String.join("; ", problems));
    }
    return this;
  }

  /** The same, of what was there at a moment; the address says so. */
  AsideQuery upTo(Ends ends) {
    var given = new LinkedHashMap<>(parameters);
    given.put(UP_TO, ends.toString());
    return new AsideQuery(late, filter.upTo(ends), after, Map.copyOf(given), problems);
  }

  /** The same, behind a place. */
  AsideQuery after(Position place) {
    return new AsideQuery(late, filter, Optional.of(place), parameters, problems);
  }

  /** Whether nothing but the kind of records was said. */
  public boolean isEmpty() {
    return parameters.keySet().stream().allMatch("late"::equals);
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A time as a browser's field shows it, in UTC. */
  public String field(String name) {
    Long millis = name.equals("since") ? filter.since() : filter.until();
    return millis == null
        ? ""
        : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
  }

  /** As the query of an address of lists, with one parameter more. */
  public String query(String name, String value) {
    var all = given();
    all.remove(UP_TO);
    if (!value.isEmpty()) {
      all.put(name, value);
    }
    return Address.query(all);
  }

  /** As the query of an address where a replay goes on behind a position. */
  String goingOn(String after) {
    var all = given();
    if (!after.isEmpty()) {
      all.put("after", after);
    }
    return Address.query(all);
  }

  private Map<String, String> given() {
    var given = new LinkedHashMap<String, String>();
    for (String one : NAMES) {
      String value = parameters.get(one);
      if (value != null) {
        given.put(one, value);
      }
    }
    return given;
  }
}
